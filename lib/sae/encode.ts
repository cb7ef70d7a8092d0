import {
  compileGraph,
  float32,
  GraphBuilder,
  type CompiledGraph,
  type SparseCode,
} from "#lib/compute/index";
import { preActivations } from "./architectures/architecture";
import { DEFINITIONS } from "./architectures/index";
import { GrowingCode, type CodeBuffer } from "./code-buffer";
import type { Architecture } from "./config";
import type { Sae } from "./sae";

/** Rows of one product: bounds the dense pre-activations to rows × dSae. */
const CHUNK_ROWS = 1024;

/** The encoder's weights, row-major, W_enc with one row per latent. */
export interface EncoderWeights {
  W_enc: Float32Array;
  b_enc: Float32Array;
  b_dec: Float32Array;
}

/** The encoder of one architecture as a compiled graph; weights are fed. */
export class EncoderGraph {
  private constructor(
    private readonly graph: CompiledGraph,
    private readonly architecture: Architecture,
    private readonly dIn: number,
  ) {}

  static async compile(
    architecture: Architecture,
    dIn: number,
    threads?: number,
  ): Promise<EncoderGraph> {
    const g = new GraphBuilder();
    const z = preActivations(g, {
      x: g.input("x", "float32", ["rows", dIn]),
      W_enc: g.input("W_enc", "float32", ["dSae", dIn]),
      b_enc: g.input("b_enc", "float32", ["dSae"]),
      b_dec: g.input("b_dec", "float32", [dIn]),
    });
    DEFINITIONS[architecture].activate(g, z);
    const graph = await compileGraph(
      g,
      threads === undefined ? {} : { threads },
    );
    return new EncoderGraph(graph, architecture, dIn);
  }

  /**
   * Appends the code of x [rows × dIn] to `into`.
   *
   * @param k how many latents to keep per row, where the architecture asks.
   */
  async encode(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
    k: number,
    into: CodeBuffer,
  ): Promise<void> {
    const { dIn } = this;
    const definition = DEFINITIONS[this.architecture];
    const dSae = weights.b_enc.length;
    const fixed = {
      W_enc: float32(weights.W_enc, [dSae, dIn]),
      b_enc: float32(weights.b_enc, [dSae]),
      b_dec: float32(weights.b_dec, [dIn]),
      ...definition.feeds(k),
    };
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - from);
      const chunk = x.subarray(from * dIn, (from + count) * dIn);
      const results = await this.graph.run({
        ...fixed,
        x: float32(chunk, [count, dIn]),
      });
      definition.collect(results, count, into);
    }
  }

  dispose(): Promise<void> {
    return this.graph.dispose();
  }
}

/** A trained SAE's encoder, ready to run. */
export interface SaeEncoder {
  /** x [rows × dIn], raw residual stream → feature activations. */
  encode(x: Float32Array, rows: number): Promise<SparseCode>;
  dispose(): Promise<void>;
}

export async function createEncoder(
  sae: Sae,
  options: { threads?: number } = {},
): Promise<SaeEncoder> {
  const { architecture, dIn, dSae, k } = sae.config;
  const graph = await EncoderGraph.compile(architecture, dIn, options.threads);
  const weights = { W_enc: sae.W_enc, b_enc: sae.b_enc, b_dec: sae.b_dec };
  return {
    async encode(x, rows) {
      const code = new GrowingCode(rows, rows * (k ?? Math.min(64, dSae)));
      await graph.encode(weights, x, rows, k ?? 0, code);
      return code.finish();
    },
    dispose: () => graph.dispose(),
  };
}

/** x̂ = f W_dec + b_dec (docs/method.md, Eq. 1), [rows × dIn]. */
export function decode(sae: Sae, code: SparseCode): Float32Array {
  const { dIn } = sae.config;
  const { W_dec, b_dec } = sae;
  const out = new Float32Array(code.rows * dIn);
  for (let row = 0; row < code.rows; row++) {
    const base = row * dIn;
    out.set(b_dec, base);
    for (let e = code.rowPtr[row]!; e < code.rowPtr[row + 1]!; e++) {
      const value = code.values[e]!;
      const from = code.indices[e]! * dIn;
      for (let c = 0; c < dIn; c++) out[base + c]! += value * W_dec[from + c]!;
    }
  }
  return out;
}

import { onnxEngine, type Engine, type SparseCode } from "#lib/compute/index";
import { activationOf } from "./activation";
import { GrowingCode } from "./code-buffer";
import { EncoderGraph } from "./encoder-graph";
import type { Sae } from "./sae";
import { Selector } from "./selector";

/** Entries per row that a code has room for at first. */
const USUAL_ENTRIES = 64;

/** A trained SAE's encoder, ready to run. */
export interface SaeEncoder {
  /** x [rows × dIn], raw residual stream → feature activations. */
  encode(x: Float32Array, rows: number): Promise<SparseCode>;
  dispose(): Promise<void>;
}

/**
 * Compiles the encoder of an SAE.
 *
 * @param options.engine what runs it, default onnx (with `threads`); it must
 *   outlive the encoder.
 */
export async function createEncoder(
  sae: Sae,
  options: { engine?: Engine; threads?: number } = {},
): Promise<SaeEncoder> {
  const { dIn, dSae, k } = sae.config;
  const graph = await EncoderGraph.compileFor(
    options.engine ?? onnxEngine(options),
    dIn,
    sae.W_enc,
  );
  const selector = new Selector(graph);
  return {
    async encode(x, rows) {
      const room = rows * Math.min(k ?? USUAL_ENTRIES, dSae);
      const code = new GrowingCode(rows, room);
      await select(sae, selector, x, rows, code);
      return code.finish();
    },
    dispose: () => graph.dispose(),
  };
}

async function select(
  sae: Sae,
  selector: Selector,
  x: Float32Array,
  rows: number,
  code: GrowingCode,
): Promise<void> {
  switch (activationOf(sae.config.architecture)) {
    case "topk":
      return selector.topk(sae, x, rows, sae.config.k!, code);
    case "relu":
      return selector.above(sae, null, x, rows, code);
    case "jumprelu":
      return selector.above(sae, sae.threshold!, x, rows, code);
    case "gated":
      await selector.above(sae, null, x, rows, code);
      magnitudes(sae, code);
  }
}

/** Eq. 31: turns open gates into magnitudes and drops those that are not positive. */
function magnitudes(sae: Sae, code: GrowingCode): void {
  const { indices, values, rowPtr } = code;
  let to = 0;
  let e = 0;
  for (let row = 0; row < code.rows; row++) {
    for (const last = rowPtr[row + 1]!; e < last; e++) {
      const i = indices[e]!;
      const scale = Math.exp(sae.r_mag![i]!);
      const value = scale * (values[e]! - sae.b_enc[i]!) + sae.b_mag![i]!;
      if (value > 0) {
        indices[to] = i;
        values[to++] = value;
      }
    }
    rowPtr[row + 1] = to;
  }
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

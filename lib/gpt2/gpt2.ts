import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { onnxEngine, type Engine } from "#lib/compute/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { parseGpt2Config, type Gpt2Config } from "./config";
import { Gpt2Graphs } from "./graphs";
import { parseHook } from "./hooks";
import { loadWeights, type Gpt2Weights } from "./weights";

/** Logits held at once: bounds a run to this many rows × dVocab × 4 bytes. */
const LOGIT_ROWS = 512;
const FORWARD_ROWS = 8192;

export interface LoadOptions {
  /** Its name in results; default: the folder's. */
  name?: string;
  /** What runs it; it must outlive the model. Default: onnx. */
  engine?: Engine;
  /** Threads of the default engine. */
  threads?: number;
}

/** Per-token losses of two residual streams, each [batch × (length − 1)], nats. */
export interface Comparison {
  ceReference: Float32Array;
  ceAltered: Float32Array;
  kl: Float32Array;
}

/**
 * A GPT-2 on an engine. Token arrays are row-major [batch × length]; a residual
 * stream is row-major [batch × length × dModel]. Runs may be started while
 * others are under way.
 */
export class Gpt2 {
  private constructor(
    readonly name: string,
    readonly config: Gpt2Config,
    /** SHA-256 of the weight files, hex. */
    readonly hash: string,
    private readonly weights: Gpt2Weights,
    private readonly graphs: Gpt2Graphs,
  ) {}

  /**
   * Loads a folder in Hugging Face layout: config.json and model.safetensors
   * (or its shards).
   *
   * @throws AppError for a missing, damaged or unsupported model.
   */
  static async load(folder: string, options: LoadOptions = {}): Promise<Gpt2> {
    const file = join(folder, "config.json");
    const config = parseGpt2Config(await readJson(file), file);
    const weights = await loadWeights(folder, config);
    const graphs = new Gpt2Graphs(
      config,
      weights,
      options.engine ?? onnxEngine(options),
    );
    const name = options.name ?? basename(folder);
    return new Gpt2(name, config, weights.hash, weights, graphs);
  }

  /**
   * The residual stream at a hook. Nothing after the hook is computed.
   *
   * @throws AppError for an unknown hook, an empty or too long sequence, or a
   *   token outside the vocabulary.
   */
  async residual(
    tokens: ArrayLike<number>,
    batch: number,
    hookName: string,
  ): Promise<Float32Array> {
    return (await this.residuals(tokens, batch, [hookName]))[0]!;
  }

  /** The residual stream at several hooks, for little more than the last alone. */
  async residuals(
    tokens: ArrayLike<number>,
    batch: number,
    hookNames: readonly string[],
  ): Promise<Float32Array[]> {
    const stages = hookNames.map((name) => parseHook(name, this.config).stage);
    const length = this.checkTokens(tokens, batch);
    const width = length * this.config.dModel;
    const step = Math.max(1, Math.floor(FORWARD_ROWS / length));
    const run = (from: number, count: number) =>
      this.graphs.residuals(slice(tokens, from, count, length), count, stages);
    if (batch <= step) return run(0, batch);
    const out = stages.map(() => new Float32Array(batch * width));
    for (let from = 0; from < batch; from += step) {
      const count = Math.min(step, batch - from);
      const parts = await run(from, count);
      parts.forEach((part, i) => out[i]!.set(part, from * width));
    }
    return out;
  }

  /** Next-token logits, [batch × length × dVocab]. */
  async logits(
    tokens: ArrayLike<number>,
    batch: number,
  ): Promise<Float32Array> {
    const length = this.checkTokens(tokens, batch);
    return this.chunked(
      batch,
      length,
      LOGIT_ROWS,
      this.config.dVocab,
      (from, count) =>
        this.graphs.logits(slice(tokens, from, count, length), count),
    );
  }

  /**
   * Puts `residual` in place of the residual stream at the hook and runs on
   * from there to the logits.
   */
  async logitsFrom(
    residual: Float32Array,
    batch: number,
    length: number,
    hookName: string,
  ): Promise<Float32Array> {
    const { stage } = parseHook(hookName, this.config);
    this.checkResidual(residual, batch, length);
    const width = length * this.config.dModel;
    return this.chunked(
      batch,
      length,
      LOGIT_ROWS,
      this.config.dVocab,
      (from, count) =>
        this.graphs.logitsFrom(
          residual.subarray(from * width, (from + count) * width),
          count,
          length,
          stage,
        ),
    );
  }

  /**
   * Continues from a reference and an altered residual stream: the
   * cross-entropy of each next token under both, and KL(reference ‖ altered).
   */
  async compareFrom(
    reference: Float32Array,
    altered: Float32Array,
    tokens: ArrayLike<number>,
    batch: number,
    hookName: string,
  ): Promise<Comparison> {
    const { stage } = parseHook(hookName, this.config);
    const length = this.checkTokens(tokens, batch);
    this.checkResidual(reference, batch, length);
    this.checkResidual(altered, batch, length);
    const width = length * this.config.dModel;
    const predictions = length - 1;
    const out: Comparison = {
      ceReference: new Float32Array(batch * predictions),
      ceAltered: new Float32Array(batch * predictions),
      kl: new Float32Array(batch * predictions),
    };
    const step = Math.max(1, Math.floor(LOGIT_ROWS / (2 * length)));
    for (let from = 0; from < batch; from += step) {
      const count = Math.min(step, batch - from);
      const part = await this.graphs.compareFrom(
        reference.subarray(from * width, (from + count) * width),
        altered.subarray(from * width, (from + count) * width),
        slice(tokens, from, count, length),
        count,
        stage,
      );
      for (const key of ["ceReference", "ceAltered", "kl"] as const) {
        for (let s = 0; s < count; s++) {
          out[key].set(
            part[key].subarray(s * length, s * length + predictions),
            (from + s) * predictions,
          );
        }
      }
    }
    return out;
  }

  /** What turns a residual direction into logits. */
  get unembedding(): { W_U: Float32Array; lnFinalWeight: Float32Array } {
    const { tensors } = this.weights;
    return {
      /** [dVocab × dModel]; tied to the token embedding. */
      W_U: tensors["wte.weight"]!.data,
      /** γ of the final LayerNorm, [dModel]. */
      lnFinalWeight: tensors["ln_f.weight"]!.data,
    };
  }

  dispose(): Promise<void> {
    return this.graphs.dispose();
  }

  /** Runs sequences in groups of at most `rows` tokens and joins the results. */
  private async chunked(
    batch: number,
    length: number,
    rows: number,
    width: number,
    run: (from: number, count: number) => Promise<Float32Array>,
  ): Promise<Float32Array> {
    const step = Math.max(1, Math.floor(rows / length));
    if (batch <= step) return run(0, batch);
    const out = new Float32Array(batch * length * width);
    for (let from = 0; from < batch; from += step) {
      const count = Math.min(step, batch - from);
      out.set(await run(from, count), from * length * width);
    }
    return out;
  }

  private checkTokens(tokens: ArrayLike<number>, batch: number): number {
    const { nCtx, dVocab } = this.config;
    const length = tokens.length / batch;
    if (!Number.isInteger(length) || length < 1) {
      throw new AppError(
        "invalid",
        `${tokens.length} tokens are not ${batch} sequences of one length.`,
      );
    }
    if (length > nCtx) {
      throw new AppError(
        "invalid",
        `The text has ${length} tokens, and ${this.name} reads at most ${nCtx}: shorten it.`,
      );
    }
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i]!;
      // The engine would read a negative index from the end.
      if (!Number.isInteger(token) || token < 0 || token >= dVocab) {
        throw new AppError(
          "invalid",
          `Token ${token} is outside the vocabulary of ${dVocab}.`,
        );
      }
    }
    return length;
  }

  private checkResidual(
    residual: Float32Array,
    batch: number,
    length: number,
  ): void {
    const expected = batch * length * this.config.dModel;
    if (residual.length !== expected) {
      throw new AppError(
        "invalid",
        `A residual stream of ${batch} × ${length} × ${this.config.dModel} has ${expected} numbers, not ${residual.length}.`,
      );
    }
  }
}

function slice(
  tokens: ArrayLike<number>,
  from: number,
  count: number,
  length: number,
): Int32Array {
  return Int32Array.from(
    { length: count * length },
    (_, i) => tokens[from * length + i]!,
  );
}

async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
    throw new AppError(
      "not_found",
      `There is no model here: ${file} is missing.`,
      {
        cause: error,
      },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("invalid", `${file} is not valid JSON.`, {
      cause: error,
    });
  }
}

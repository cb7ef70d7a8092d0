import { basename, join } from "node:path";
import { onnxEngine, type Engine } from "#lib/compute/index";
import { checkResidual, checkTokens } from "./checks";
import { parseGpt2Config, type Gpt2Config } from "./config";
import { Gpt2Graphs } from "./graphs";
import { parseHook } from "./hooks";
import { readJson } from "./read-json";
import {
  emptyComparison,
  putComparison,
  type Comparison,
  type RowComparison,
} from "./row-comparison";
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
    const length = checkTokens(this, tokens, batch);
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
    const length = checkTokens(this, tokens, batch);
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
    checkResidual(this, residual, batch, length);
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
    const length = checkTokens(this, tokens, batch);
    checkResidual(this, reference, batch, length);
    checkResidual(this, altered, batch, length);
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

  /**
   * Puts `residual` in place of the residual stream at one hook and runs on to
   * a later one.
   */
  async residualFrom(
    residual: Float32Array,
    batch: number,
    length: number,
    fromHook: string,
    toHook: string,
  ): Promise<Float32Array> {
    const from = parseHook(fromHook, this.config).stage;
    const to = parseHook(toHook, this.config).stage;
    checkResidual(this, residual, batch, length);
    const width = length * this.config.dModel;
    return this.chunked(
      batch,
      length,
      FORWARD_ROWS,
      this.config.dModel,
      (first, count) =>
        this.graphs.residualFrom(
          residual.subarray(first * width, (first + count) * width),
          count,
          length,
          [from, to],
        ),
    );
  }

  /**
   * What rows of ln_final.hook_normalized, [rows × dModel], predict: the
   * cross-entropy of each row's target under both, KL(reference ‖ altered),
   * and the reference's k likeliest tokens. Rows are independent.
   */
  async compareRows(
    reference: Float32Array,
    altered: Float32Array,
    targets: Int32Array,
    k: number,
  ): Promise<RowComparison> {
    const rows = targets.length;
    const { dModel } = this.config;
    const out = emptyComparison(rows, k);
    for (let from = 0; from < rows; from += LOGIT_ROWS / 2) {
      const to = Math.min(rows, from + LOGIT_ROWS / 2);
      const part = await this.graphs.compareRows(
        reference.subarray(from * dModel, to * dModel),
        altered.subarray(from * dModel, to * dModel),
        targets.subarray(from, to),
        k,
      );
      putComparison(out, part, from, k);
    }
    return out;
  }

  /** What turns a residual direction into logits. */
  get unembedding(): {
    W_U: Float32Array;
    lnFinalWeight: Float32Array;
    lnFinalBias: Float32Array;
  } {
    const { tensors } = this.weights;
    return {
      /** [dVocab × dModel]; tied to the token embedding. */
      W_U: tensors["wte.weight"]!.data,
      /** γ of the final LayerNorm, [dModel]. */
      lnFinalWeight: tensors["ln_f.weight"]!.data,
      /** β of the final LayerNorm, [dModel]. */
      lnFinalBias: tensors["ln_f.bias"]!.data,
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

import { DENSE_ABOVE } from "#lib/dense";
import type { SparseCode } from "#lib/compute/index";
import { decode, type SaeEncoder } from "./encode";
import type { Sae } from "./sae";

/** What evaluation needs of a language model; sequences are BOS-first. */
export interface EvaluationModel {
  /** tokens [batch × length] → residual stream [batch × length × dIn]. */
  residual(
    tokens: Uint16Array,
    batch: number,
    hookName: string,
  ): Promise<Float32Array>;
  /**
   * Continues from two residual streams; each result [batch × (length − 1)]
   * holds the cross-entropy of the next token, and KL(reference ‖ altered).
   */
  compareFrom(
    reference: Float32Array,
    altered: Float32Array,
    tokens: Uint16Array,
    batch: number,
    hookName: string,
  ): Promise<{
    ceReference: Float32Array;
    ceAltered: Float32Array;
    kl: Float32Array;
  }>;
}

/** Held-out text as packed sequences. */
export interface EvaluationText {
  tokens: Uint16Array;
  contextSize: number;
  sequences: number;
  bosTokenId: number;
}

/** The result; every mean is over tokens, losses in nats. docs/method.md, §5. */
export interface Evaluation {
  l0: number;
  fvu: number;
  ceClean: number;
  ceSae: number;
  ceZero: number;
  ceMean: number;
  deltaCe: number;
  ceRecovered: number;
  ceRecoveredFromMean: number;
  kl: number;
  deadFraction: number;
  denseFraction: number;
  /** Tokens encoded: for l0, fvu, dead and dense. */
  tokens: number;
  /** Predictions made: for ce… and kl. */
  lossTokens: number;
}

export interface EvaluateOptions {
  sae: Sae;
  encoder: SaeEncoder;
  model: EvaluationModel;
  text: EvaluationText;
  /** Sequences whose losses are computed; the rest only count for L0, FVU, dead. */
  lossSequences: number;
  batch?: number;
  signal?: AbortSignal;
  onProgress?: (sequencesDone: number, sequences: number) => void;
}

/**
 * Evaluates an SAE on text it was not trained on (docs/method.md, Eq. 14–17).
 * BOS is neither measured nor ablated: its activation is left as it is in
 * every variant. Two passes: the first finds the mean activation, for FVU and
 * mean ablation.
 */
export async function evaluateSae(
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { sae, encoder, model, text, signal } = options;
  const { dIn, dSae, hookName } = sae.config;
  const { contextSize, bosTokenId } = text;
  const batch = options.batch ?? 16;
  const batches: Uint16Array[] = [];
  for (let s = 0; s < text.sequences; s += batch) {
    const count = Math.min(batch, text.sequences - s);
    batches.push(
      text.tokens.subarray(s * contextSize, (s + count) * contextSize),
    );
  }

  const mean = new Float64Array(dIn);
  let tokens = 0;
  let squareNorms = 0;
  let squaredErrors = 0;
  let firings = 0;
  const fired = new Float64Array(dSae);
  const reconstructions: Reconstruction[] = [];
  let done = 0;
  const total = text.sequences + options.lossSequences;
  const progress = (count: number) => {
    signal?.throwIfAborted();
    done += count;
    options.onProgress?.(done, total);
  };

  for (const ids of batches) {
    const count = ids.length / contextSize;
    const clean = await model.residual(ids, count, hookName);
    const code = await encoder.encode(clean, ids.length);
    const spliced = decode(sae, code);
    for (let t = 0; t < ids.length; t++) {
      const at = t * dIn;
      if (ids[t] === bosTokenId) {
        spliced.set(clean.subarray(at, at + dIn), at);
        continue;
      }
      tokens++;
      for (let c = 0; c < dIn; c++) {
        const x = clean[at + c]!;
        mean[c]! += x;
        squareNorms += x * x;
        squaredErrors += (x - spliced[at + c]!) ** 2;
      }
      firings += countFirings(code, t, fired);
    }
    if (reconstructions.length * batch < options.lossSequences) {
      reconstructions.push({ ids, count, clean, spliced });
    }
    progress(count);
  }
  for (let c = 0; c < dIn; c++) mean[c]! /= tokens;
  // Σ‖x − mean‖² = Σ‖x‖² − n‖mean‖², in float64: exact enough for any mean
  // that is not 10⁷ times the spread.
  const variance =
    squareNorms - tokens * mean.reduce((sum, m) => sum + m * m, 0);

  const losses = new LossSums();
  for (const r of reconstructions) {
    const compare = (reference: Float32Array, altered: Float32Array) =>
      model.compareFrom(reference, altered, r.ids, r.count, hookName);
    const zero = ablated(r, dIn, bosTokenId, new Float64Array(dIn));
    const toMean = ablated(r, dIn, bosTokenId, mean);
    const spliced = await compare(r.clean, r.spliced);
    const ablations = await compare(zero, toMean);
    losses.add(r, contextSize, bosTokenId, {
      clean: spliced.ceReference,
      sae: spliced.ceAltered,
      kl: spliced.kl,
      zero: ablations.ceReference,
      mean: ablations.ceAltered,
    });
    progress(r.count);
  }
  const ce = losses.means();
  let dead = 0;
  let dense = 0;
  for (const count of fired) {
    if (count === 0) dead++;
    if (count / tokens > DENSE_ABOVE) dense++;
  }
  return {
    l0: firings / tokens,
    fvu: squaredErrors / variance,
    ceClean: ce.clean,
    ceSae: ce.sae,
    ceZero: ce.zero,
    ceMean: ce.mean,
    deltaCe: ce.sae - ce.clean,
    ceRecovered: (ce.zero - ce.sae) / (ce.zero - ce.clean),
    ceRecoveredFromMean: (ce.mean - ce.sae) / (ce.mean - ce.clean),
    kl: ce.kl,
    deadFraction: dead / dSae,
    denseFraction: dense / dSae,
    tokens,
    lossTokens: losses.tokens,
  };
}

interface Reconstruction {
  ids: Uint16Array;
  count: number;
  clean: Float32Array;
  spliced: Float32Array;
}

function countFirings(
  code: SparseCode,
  row: number,
  fired: Float64Array,
): number {
  const first = code.rowPtr[row]!;
  const last = code.rowPtr[row + 1]!;
  for (let e = first; e < last; e++) fired[code.indices[e]!]!++;
  return last - first;
}

/** The clean stream with every token but BOS replaced by one vector. */
function ablated(
  r: Reconstruction,
  dIn: number,
  bosTokenId: number,
  value: Float64Array,
): Float32Array {
  const out = r.clean.slice();
  for (let t = 0; t < r.ids.length; t++) {
    if (r.ids[t] !== bosTokenId) out.set(value, t * dIn);
  }
  return out;
}

type Variant = "clean" | "sae" | "zero" | "mean" | "kl";

/** Sums of per-token losses where both the token and the next are text. */
class LossSums {
  private readonly sums = { clean: 0, sae: 0, zero: 0, mean: 0, kl: 0 };
  tokens = 0;

  /** Adds a batch; each array is [count × (contextSize − 1)]. */
  add(
    r: Reconstruction,
    contextSize: number,
    bosTokenId: number,
    losses: Record<Variant, Float32Array>,
  ): void {
    const predictions = contextSize - 1;
    const variants = Object.entries(losses) as [Variant, Float32Array][];
    for (let s = 0; s < r.count; s++) {
      for (let p = 0; p < predictions; p++) {
        const at = s * contextSize + p;
        // BOS is not ablated, and a document's end is not the SAE's to predict.
        if (r.ids[at] === bosTokenId || r.ids[at + 1] === bosTokenId) continue;
        for (const [variant, values] of variants) {
          this.sums[variant] += values[s * predictions + p]!;
        }
        this.tokens++;
      }
    }
  }

  means(): Record<Variant, number> {
    const { sums, tokens } = this;
    return {
      clean: sums.clean / tokens,
      sae: sums.sae / tokens,
      zero: sums.zero / tokens,
      mean: sums.mean / tokens,
      kl: sums.kl / tokens,
    };
  }
}

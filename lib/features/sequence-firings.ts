import { AppError } from "#lib/errors";
import { BOS } from "#lib/corpus/index";
import type { SparseCode } from "#lib/compute/index";

/**
 * The firings of one sequence, grouped by feature. One object is loaded again
 * for every sequence; nothing is allocated after construction unless a
 * sequence holds more firings than any before it.
 *
 * Run r (0 ≤ r < runs) belongs to feature `features[r]`; its firings are the
 * entries starts[r] … starts[r + 1] − 1 of `positions` (ascending) and
 * `values`. Tokens equal to BOS, wherever they stand, have no firings here.
 */
export class SequenceFirings {
  /** Row of the packed corpus. */
  sequence = 0;
  /** The sequence's token ids, [contextSize]. */
  tokens: Uint16Array = new Uint16Array(0);
  /** How many of them are not BOS. */
  tokenCount = 0;
  runs = 0;
  readonly features: Uint32Array;
  readonly starts: Uint32Array;
  positions = new Uint16Array(0);
  values = new Float32Array(0);

  /** Scratch, all zero between loads: firings of a feature, then its cursor. */
  private readonly cursor: Uint32Array;

  constructor(dSae: number) {
    this.features = new Uint32Array(dSae);
    this.starts = new Uint32Array(dSae + 1);
    this.cursor = new Uint32Array(dSae);
  }

  /**
   * Groups rows firstRow … firstRow + tokens.length − 1 of `code` by feature,
   * by a counting sort over the features present (linear in the firings).
   *
   * @throws AppError("internal") on an activation that is not positive and
   * finite: one such value would silently spoil every statistic.
   */
  load(
    sequence: number,
    tokens: Uint16Array,
    code: SparseCode,
    firstRow: number,
  ): void {
    this.sequence = sequence;
    this.tokens = tokens;
    const { rowPtr, indices } = code;
    const { features, starts, cursor } = this;
    let runs = 0;
    let tokenCount = 0;
    for (let p = 0; p < tokens.length; p++) {
      if (tokens[p] === BOS) continue;
      tokenCount++;
      const end = rowPtr[firstRow + p + 1]!;
      for (let e = rowPtr[firstRow + p]!; e < end; e++) {
        const feature = indices[e]!;
        if (cursor[feature]!++ === 0) features[runs++] = feature;
      }
    }
    let total = 0;
    for (let r = 0; r < runs; r++) {
      const feature = features[r]!;
      starts[r] = total;
      const count = cursor[feature]!;
      cursor[feature] = total;
      total += count;
    }
    starts[runs] = total;
    this.runs = runs;
    this.tokenCount = tokenCount;
    this.reserve(total);
    this.place(code, firstRow);
    for (let r = 0; r < runs; r++) cursor[features[r]!] = 0;
  }

  private place(code: SparseCode, firstRow: number): void {
    const { rowPtr, indices, values: activations } = code;
    const { tokens, positions, values, cursor } = this;
    for (let p = 0; p < tokens.length; p++) {
      if (tokens[p] === BOS) continue;
      const end = rowPtr[firstRow + p + 1]!;
      for (let e = rowPtr[firstRow + p]!; e < end; e++) {
        const value = activations[e]!;
        // Also catches NaN.
        if (!(value > 0 && value < Infinity)) {
          throw notAnActivation(value, indices[e]!, this.sequence, p);
        }
        const at = cursor[indices[e]!]!++;
        positions[at] = p;
        values[at] = value;
      }
    }
  }

  private reserve(total: number): void {
    if (total <= this.values.length) return;
    this.positions = new Uint16Array(total * 2);
    this.values = new Float32Array(total * 2);
  }
}

function notAnActivation(
  value: number,
  feature: number,
  sequence: number,
  position: number,
): AppError {
  return new AppError(
    "internal",
    `Feature ${feature} has the activation ${value} at token ${position} of sequence ${sequence}; activations must be positive and finite, so check the SAE's and the model's weights for NaN or overflow.`,
  );
}

import type { LogitHistogramRecord, LogitRecord } from "#lib/db/records";
import { ProductTopK } from "./product-top-k";
import type { Ranking } from "./product-top-k";
import { histogramOfEffects } from "./logit-histogram";

/** What the model makes logits with. */
export interface Unembedding {
  /** [dVocab × dModel]; for GPT-2 the token embedding. */
  W_U: Float32Array;
  /** γ of the final LayerNorm, [dModel]. */
  lnFinalWeight: Float32Array;
}

export interface LogitEffect {
  /** Largest first. */
  positive: LogitRecord[];
  /** Smallest first. */
  negative: LogitRecord[];
  /** Of the effects on all tokens. */
  histogram: LogitHistogramRecord;
}

/**
 * A feature's direct effect on the logits (docs/method.md, Eq. 23). With decoder
 * row w ∈ R^d:
 *
 *     c = (w − mean(w)) ⊙ γ
 *     effect(v) = c · W_U[v] − mean over all tokens u of c · W_U[u]
 *
 * The final LayerNorm takes the mean over d off the residual (hence off w) and
 * multiplies by γ; its division by the residual's standard deviation is a
 * positive factor that depends on the token and is left out, and β shifts all
 * features alike. The softmax does not see a shift of all logits, so the mean
 * over the vocabulary is taken off.
 */
export class LogitEffects {
  private constructor(
    private readonly product: ProductTopK,
    private readonly gamma: Float32Array,
    /** Mean row of W_U, [dModel]. */
    private readonly meanRow: Float64Array,
    private readonly limit: number,
  ) {}

  /** @param limit how many tokens at either end */
  static async create(
    unembedding: Unembedding,
    limit: number,
    threads?: number,
  ): Promise<LogitEffects> {
    const { W_U, lnFinalWeight } = unembedding;
    const dim = lnFinalWeight.length;
    const dVocab = W_U.length / dim;
    const k = Math.min(limit, dVocab);
    const product = await ProductTopK.create({
      table: W_U,
      tableRows: dVocab,
      dim,
      k,
      smallest: true,
      product: true,
      threads,
    });
    return new LogitEffects(product, lnFinalWeight, meanOfRows(W_U, dim), k);
  }

  get blockRows(): number {
    return this.product.blockRows;
  }

  /** @param decoder decoder rows, row-major [rows × dModel] */
  async block(decoder: Float32Array, rows: number): Promise<LogitEffect[]> {
    const dim = this.gamma.length;
    const scaled = new Float32Array(rows * dim);
    const means = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      const base = r * dim;
      let sum = 0;
      for (let j = 0; j < dim; j++) sum += decoder[base + j]!;
      const mean = sum / dim;
      let vocabularyMean = 0;
      for (let j = 0; j < dim; j++) {
        const c = (decoder[base + j]! - mean) * this.gamma[j]!;
        scaled[base + j] = c;
        vocabularyMean += c * this.meanRow[j]!;
      }
      means[r] = vocabularyMean;
    }
    const { largest, smallest, product } = await this.product.run(scaled, rows);
    const dVocab = product!.length / rows;
    return Array.from(means, (mean, r) => {
      const positive = this.records(largest, r, mean);
      const negative = this.records(smallest!, r, mean);
      const extreme = Math.max(positive[0]!.value, -negative[0]!.value);
      const logits = product!.subarray(r * dVocab, (r + 1) * dVocab);
      const histogram = histogramOfEffects(logits, mean, extreme);
      return { positive, negative, histogram };
    });
  }

  private records(ranking: Ranking, row: number, mean: number): LogitRecord[] {
    return Array.from({ length: this.limit }, (_, i) => ({
      tokenId: ranking.indices[row * this.limit + i]!,
      value: ranking.values[row * this.limit + i]! - mean,
    }));
  }

  dispose(): Promise<void> {
    return this.product.dispose();
  }
}

function meanOfRows(table: Float32Array, dim: number): Float64Array {
  const mean = new Float64Array(dim);
  const rows = table.length / dim;
  for (let r = 0; r < rows; r++) {
    for (let j = 0; j < dim; j++) mean[j]! += table[r * dim + j]!;
  }
  for (let j = 0; j < dim; j++) mean[j]! /= rows;
  return mean;
}

import type { NeighbourRecord } from "#lib/db/records";
import { ProductTopK } from "./product-top-k";

/**
 * The features whose decoder directions are nearest to a feature's own, by
 * cosine, the feature itself left out. A decoder row of norm 0 has cosine 0
 * with everything. (docs/method.md, Eq. 24.)
 */
export class Neighbours {
  private constructor(
    private readonly product: ProductTopK,
    /** Decoder rows of length 1, [dSae × dIn]. */
    private readonly directions: Float32Array,
    private readonly dIn: number,
    /** Neighbours a feature, plus the feature itself. */
    private readonly k: number,
  ) {}

  /** @param decoder row-major [dSae × dIn] */
  static async create(
    decoder: Float32Array,
    dIn: number,
    limit: number,
    threads?: number,
  ): Promise<Neighbours> {
    const dSae = decoder.length / dIn;
    const directions = unitRows(decoder, dIn);
    const k = Math.min(limit + 1, dSae);
    const product = await ProductTopK.create({
      table: directions,
      tableRows: dSae,
      dim: dIn,
      k,
      threads,
    });
    return new Neighbours(product, directions, dIn, k);
  }

  get blockRows(): number {
    return this.product.blockRows;
  }

  /** Neighbours of features first … first + rows − 1, nearest first. */
  async block(first: number, rows: number): Promise<NeighbourRecord[][]> {
    const { dIn, k } = this;
    const block = this.directions.subarray(first * dIn, (first + rows) * dIn);
    const { largest } = await this.product.run(block, rows);
    return Array.from({ length: rows }, (_, r) => {
      const near: NeighbourRecord[] = [];
      for (let i = r * k; i < (r + 1) * k; i++) {
        const feature = largest.indices[i]!;
        if (feature === first + r) continue;
        near.push({ feature, cosine: shortCosine(largest.values[i]!) });
      }
      // Where others are exactly parallel, the feature may not be among them.
      return near.slice(0, k - 1);
    });
  }

  dispose(): Promise<void> {
    return this.product.dispose();
  }
}

/**
 * Cosine between each feature's encoder and decoder directions, [dSae].
 * Both matrices are row-major [dSae × dIn]; a row of norm 0 gives 0.
 */
export function encoderDecoderCosines(
  encoder: Float32Array,
  decoder: Float32Array,
  dIn: number,
): Float64Array {
  const cosines = new Float64Array(encoder.length / dIn);
  for (let i = 0; i < cosines.length; i++) {
    let dot = 0;
    let ee = 0;
    let dd = 0;
    for (let j = i * dIn; j < (i + 1) * dIn; j++) {
      dot += encoder[j]! * decoder[j]!;
      ee += encoder[j]! ** 2;
      dd += decoder[j]! ** 2;
    }
    cosines[i] = ee * dd === 0 ? 0 : clampCosine(dot / Math.sqrt(ee * dd));
  }
  return cosines;
}

/** The rows at length 1; a row of norm 0 stays 0. */
export function unitRows(matrix: Float32Array, dim: number): Float32Array {
  const out = new Float32Array(matrix.length);
  for (let base = 0; base < matrix.length; base += dim) {
    let squares = 0;
    for (let j = base; j < base + dim; j++) squares += matrix[j]! ** 2;
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let j = base; j < base + dim; j++) out[j] = matrix[j]! * scale;
  }
  return out;
}

/** What the index keeps of one: five decimals. */
function shortCosine(cosine: number): number {
  return Math.round(1e5 * clampCosine(cosine)) / 1e5;
}

/** Rounding may carry a cosine past ±1. */
export function clampCosine(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine));
}

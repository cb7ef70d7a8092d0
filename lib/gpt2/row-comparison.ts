/** Per-token losses of two residual streams, each [batch × (length − 1)], nats. */
export interface Comparison {
  ceReference: Float32Array;
  ceAltered: Float32Array;
  kl: Float32Array;
}

/** How two sets of final rows predict one set of next tokens. */
export interface RowComparison extends Comparison {
  /** The reference's likeliest tokens, likeliest first: [rows × k]. */
  top: {
    ids: Int32Array;
    /** Their log-probabilities under the reference and the altered rows. */
    reference: Float32Array;
    altered: Float32Array;
  };
}

export function emptyComparison(rows: number, k: number): RowComparison {
  return {
    ceReference: new Float32Array(rows),
    ceAltered: new Float32Array(rows),
    kl: new Float32Array(rows),
    top: {
      ids: new Int32Array(rows * k),
      reference: new Float32Array(rows * k),
      altered: new Float32Array(rows * k),
    },
  };
}

/** Puts the rows of a part in their place, from row `from` on. */
export function putComparison(
  out: RowComparison,
  part: RowComparison,
  from: number,
  k: number,
): void {
  out.ceReference.set(part.ceReference, from);
  out.ceAltered.set(part.ceAltered, from);
  out.kl.set(part.kl, from);
  out.top.ids.set(part.top.ids, from * k);
  out.top.reference.set(part.top.reference, from * k);
  out.top.altered.set(part.top.altered, from * k);
}

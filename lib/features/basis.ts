import type { BasisRecord } from "#lib/db/records";

/** Dimensions kept a feature. */
const KEPT = 3;

/**
 * The dimensions of the residual stream in which a decoder direction [d] is
 * largest, by absolute value. The stream has no privileged basis, so a large
 * one is worth a look: a few dimensions of GPT-2's are outliers.
 */
export function strongestDimensions(direction: Float32Array): BasisRecord[] {
  const norm = Math.hypot(...direction) || 1;
  const kept: BasisRecord[] = [];
  direction.forEach((component, dimension) => {
    const weight = component / norm;
    const at = kept.findIndex((k) => Math.abs(weight) > Math.abs(k.weight));
    if (at < 0 && kept.length === KEPT) return;
    kept.splice(at < 0 ? kept.length : at, 0, { dimension, weight });
    if (kept.length > KEPT) kept.pop();
  });
  return kept;
}

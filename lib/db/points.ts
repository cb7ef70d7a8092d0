import type { Database } from "better-sqlite3";

/** One number a feature, dead ones too, in the order of their numbers. */
export interface FeaturePoints {
  /** [dSae] tokens each fired on. */
  firingCount: Uint32Array;
  /** [dSae] 0 when dead. */
  meanActivation: Float32Array;
  /** Little-endian bytes of float32 [dSae × 2]: place in the atlas, or NaN. */
  positions: Buffer;
  /** Little-endian bytes of uint16 [dSae]: the source each fires in most. */
  sources: Buffer;
}

/** What plots of all features are drawn from; one pass over a narrow index. */
export function featurePoints(db: Database, dSae: number): FeaturePoints {
  const firingCount = new Uint32Array(dSae);
  const meanActivation = new Float32Array(dSae);
  const rows = db
    .prepare<[], [number, number, number]>(
      `SELECT feature, firing_count, mean_activation FROM features
       WHERE firing_count > 0`,
    )
    .raw()
    .iterate();
  for (const [feature, count, mean] of rows) {
    firingCount[feature] = count;
    meanActivation[feature] = mean;
  }
  const atlas = db
    .prepare<[], { positions: Buffer; sources: Buffer }>(
      "SELECT positions, sources FROM atlas",
    )
    .get()!;
  return { firingCount, meanActivation, ...atlas };
}

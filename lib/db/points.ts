import type { Database } from "better-sqlite3";
import { toBlob } from "./blobs";

/**
 * Little-endian bytes of one number a feature, dead ones too, in the order of
 * their numbers.
 */
export interface FeaturePoints {
  /** uint32 [dSae]: tokens each fired on. */
  firingCounts: Buffer;
  /** float32 [dSae]; 0 when dead. */
  meanActivations: Buffer;
  /** float32 [dSae × 2]: place in the atlas; NaN when dead. */
  positions: Buffer;
  /** uint16 [dSae]: the source each fires in most. */
  sources: Buffer;
}

/** What plots of all features are drawn from. */
export function featurePoints(db: Database): FeaturePoints {
  return db
    .prepare<[], FeaturePoints>(
      `SELECT firing_counts AS firingCounts,
         mean_activations AS meanActivations, positions, sources
       FROM usage, atlas`,
    )
    .get()!;
}

/** Packs what is in `features`, once all are in. */
export function usageColumns(db: Database): [Buffer, Buffer] {
  const rows = db
    .prepare<[], [number, number]>(
      "SELECT firing_count, mean_activation FROM features ORDER BY feature",
    )
    .raw()
    .all();
  return [
    toBlob(Uint32Array.from(rows, ([count]) => count)),
    toBlob(Float32Array.from(rows, ([, mean]) => mean)),
  ];
}

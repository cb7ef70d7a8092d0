import type { NeighbourRecord } from "#lib/db/records";
import { Rng } from "#lib/random";
import { fuzzyEdges } from "./fuzzy-edges";
import { layOut } from "./lay-out";
import { principalPlane } from "./principal-plane";

export interface AtlasOptions {
  /** [dSae × dIn] */
  W_dec: Float32Array;
  dIn: number;
  /** Nearest features of each, nearest first; `ATLAS_NEIGHBOURS` are used. */
  neighbours: readonly NeighbourRecord[][];
  live: (feature: number) => boolean;
  seed: number;
}

/** Neighbours a feature is held by. UMAP's usual number. */
const ATLAS_NEIGHBOURS = 15;
/** Purpose of the random stream (`Rng.of(seed, purpose)`). */
const ATLAS = 0xa71a5;

/**
 * Places every live feature in the plane.
 *
 * @returns [dSae × 2]: x and y, both in −1 … 1, of each feature; NaN for a dead
 *   one. The same input gives the same map.
 */
export function drawAtlas(options: AtlasOptions): Float32Array {
  const { W_dec, dIn, neighbours, live, seed } = options;
  const dSae = neighbours.length;
  const features: number[] = [];
  const place = new Int32Array(dSae).fill(-1);
  for (let i = 0; i < dSae; i++) {
    if (!live(i)) continue;
    place[i] = features.length;
    features.push(i);
  }
  const near = features.map((i) =>
    neighbours[i]!.filter((n) => place[n.feature]! >= 0)
      .slice(0, ATLAS_NEIGHBOURS)
      .map((n) => ({ node: place[n.feature]!, distance: 1 - n.cosine })),
  );
  const rng = Rng.of(seed, ATLAS);
  const start = principalPlane(W_dec, dIn, features, rng);
  const drawn = layOut(fuzzyEdges(near), start, rng);
  fitSquare(drawn);
  const map = new Float32Array(2 * dSae).fill(NaN);
  features.forEach((i, node) => {
    map.set(drawn.subarray(2 * node, 2 * node + 2), 2 * i);
  });
  return map;
}

/** Moves and scales points [n × 2] into −1 … 1, alike in both directions. */
function fitSquare(points: Float32Array): void {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  points.forEach((v, i) => {
    low[i % 2] = Math.min(low[i % 2]!, v);
    high[i % 2] = Math.max(high[i % 2]!, v);
  });
  const half = Math.max(high[0]! - low[0]!, high[1]! - low[1]!) / 2 || 1;
  points.forEach((v, i) => {
    points[i] = (v - (low[i % 2]! + high[i % 2]!) / 2) / half;
  });
}

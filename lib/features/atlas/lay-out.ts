import type { Rng } from "#lib/random";
import type { WeightedEdges } from "./fuzzy-edges";

/** Nodes drawn at random that each attracted end is pushed away from. */
const REPULSIONS = 5;
/** No single step moves a coordinate by more. */
const MAX_STEP = 4;
/** Keeps the repulsion of coinciding points finite. */
const NEAR = 1e-3;

/** Passes over the edges: fewer where there are more nodes. */
function epochsFor(nodes: number): number {
  return Math.round(Math.min(250, Math.max(120, 1e6 / Math.max(1, nodes))));
}

/**
 * UMAP's layout (docs/method.md, Eq. 39–40): stochastic gradient steps on the
 * cross-entropy between belonging together in the graph and in the plane, where
 * it is 1/(1 + distance²) (a = b = 1, which takes no powers). An
 * edge takes part in a share of the epochs that is its weight's share of the
 * largest; each time its ends attract, and `REPULSIONS` random nodes repel the
 * first of them.
 *
 * @param points [nodes × 2] where they start; moved in place and returned
 */
export function layOut(
  { nodes, from, to, weight }: WeightedEdges,
  points: Float32Array,
  rng: Rng,
): Float32Array {
  const epochs = epochsFor(nodes);
  const largest = weight.reduce((a, b) => Math.max(a, b), 0);
  const every = Float32Array.from(weight, (w) => largest / w);
  const due = every.slice();
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let e = 0; e < from.length; e++) {
      if (due[e]! > epoch + 1) continue;
      due[e]! += every[e]!;
      // Either end is first half the time: both are repelled.
      const swap = epoch % 2 === 1;
      const i = 2 * (swap ? to[e]! : from[e]!);
      const j = 2 * (swap ? from[e]! : to[e]!);
      attract(points, i, j, rate);
      for (let n = 0; n < REPULSIONS; n++) {
        const k = 2 * Math.floor(rng.uniform() * nodes);
        if (k !== i) repel(points, i, k, rate);
      }
    }
  }
  return points;
}

function attract(p: Float32Array, i: number, j: number, rate: number): void {
  const dx = p[i]! - p[j]!;
  const dy = p[i + 1]! - p[j + 1]!;
  const square = dx * dx + dy * dy;
  if (square === 0) return;
  const pull = -2 / (1 + square);
  const x = rate * clamp(pull * dx);
  const y = rate * clamp(pull * dy);
  p[i]! += x;
  p[i + 1]! += y;
  p[j]! -= x;
  p[j + 1]! -= y;
}

function repel(p: Float32Array, i: number, k: number, rate: number): void {
  const dx = p[i]! - p[k]!;
  const dy = p[i + 1]! - p[k + 1]!;
  const square = dx * dx + dy * dy;
  const push = 2 / ((NEAR + square) * (1 + square));
  p[i]! += rate * clamp(push * dx);
  p[i + 1]! += rate * clamp(push * dy);
}

function clamp(step: number): number {
  return Math.max(-MAX_STEP, Math.min(MAX_STEP, step));
}

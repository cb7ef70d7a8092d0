/** A neighbour of a node, nearest first. */
export interface NearNode {
  node: number;
  /** ≥ 0 */
  distance: number;
}

/** An undirected graph: edge e joins from[e] and to[e]. */
export interface WeightedEdges {
  nodes: number;
  from: Uint32Array;
  to: Uint32Array;
  /** 0 < weight ≤ 1 */
  weight: Float32Array;
}

const BISECTIONS = 48;

/**
 * Distances as degrees of belonging together (docs/method.md, Eq. 38): a node's
 * nearest neighbour belongs wholly, the others by exp(−(d − ρ)/σ), with σ such
 * that a node's degrees add up to log₂ of their number; an edge seen from both
 * ends with a and b gets a + b − ab.
 */
export function fuzzyEdges(near: readonly NearNode[][]): WeightedEdges {
  const nodes = near.length;
  const degrees = new Map<number, number>();
  near.forEach((list, i) => {
    memberships(list).forEach((degree, k) => {
      const j = list[k]!.node;
      const key = Math.min(i, j) * nodes + Math.max(i, j);
      const other = degrees.get(key) ?? 0;
      degrees.set(key, other + degree - other * degree);
    });
  });
  const edges = [...degrees].filter(([, weight]) => weight > 0);
  return {
    nodes,
    from: Uint32Array.from(edges, ([key]) => Math.floor(key / nodes)),
    to: Uint32Array.from(edges, ([key]) => key % nodes),
    weight: Float32Array.from(edges, ([, weight]) => weight),
  };
}

function memberships(list: readonly NearNode[]): number[] {
  const nearest = list[0]?.distance ?? 0;
  const beyond = list.map((n) => Math.max(0, n.distance - nearest));
  const goal = Math.log2(Math.max(2, list.length));
  const total = (sigma: number) =>
    beyond.reduce((sum, d) => sum + Math.exp(-d / sigma), 0);
  let low = 0;
  let high = 1;
  while (total(high) < goal && high < 1e6) high *= 2;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (total(middle) < goal) low = middle;
    else high = middle;
  }
  return beyond.map((d) => Math.exp(-d / high));
}

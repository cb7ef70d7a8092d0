import { describe, expect, test } from "vitest";
import { drawAtlas } from "#lib/features/atlas/index";
import { fuzzyEdges } from "#lib/features/atlas/fuzzy-edges";
import { Neighbours } from "#lib/features/neighbours";
import { Rng } from "#lib/random";
import { range } from "./small-corpus";

const D = 24;
const GROUPS = 6;
const SIZE = 40;

/** Directions around six centres. */
function clusters(): Float32Array {
  const rng = new Rng(8);
  const centres = Float32Array.from({ length: GROUPS * D }, () => rng.normal());
  return Float32Array.from({ length: GROUPS * SIZE * D }, (_, i) => {
    const group = Math.floor(i / (SIZE * D));
    return centres[group * D + (i % D)]! + 0.35 * rng.normal();
  });
}

async function draw(
  W_dec: Float32Array,
  live: (feature: number) => boolean = () => true,
) {
  const n = W_dec.length / D;
  const neighbours = await Neighbours.create(W_dec, D, 15, 1);
  const near = [];
  for (let first = 0; first < n; first += neighbours.blockRows) {
    const rows = Math.min(neighbours.blockRows, n - first);
    near.push(...(await neighbours.block(first, rows)));
  }
  await neighbours.dispose();
  return drawAtlas({ W_dec, dIn: D, neighbours: near, live, seed: 4 });
}

describe("the atlas", () => {
  test("keeps together what has near directions", async () => {
    const map = await draw(clusters());
    const distance = (i: number, j: number) =>
      Math.hypot(map[2 * i]! - map[2 * j]!, map[2 * i + 1]! - map[2 * j + 1]!);
    let kin = 0;
    for (const i of range(GROUPS * SIZE)) {
      const nearest = range(GROUPS * SIZE)
        .filter((j) => j !== i)
        .sort((a, b) => distance(i, a) - distance(i, b))
        .slice(0, 10);
      const own = Math.floor(i / SIZE);
      kin += nearest.filter((j) => Math.floor(j / SIZE) === own).length;
    }
    expect(kin / (GROUPS * SIZE * 10)).toBeGreaterThan(0.95);
    expect(Math.max(...map.map(Math.abs))).toBeCloseTo(1, 5);
  });

  test("leaves dead features out and is the same every time", async () => {
    const live = (feature: number) => feature % 7 !== 0;
    const map = await draw(clusters(), live);
    for (const i of range(GROUPS * SIZE)) {
      expect(Number.isNaN(map[2 * i]!)).toBe(!live(i));
      expect(Number.isNaN(map[2 * i + 1]!)).toBe(!live(i));
    }
    expect(await draw(clusters(), live)).toEqual(map);
  });

  test("stands one feature, or none, somewhere", async () => {
    const two = clusters().slice(0, 2 * D);
    const map = await draw(two, (feature) => feature === 1);
    expect([...map.slice(2)].every(Number.isFinite)).toBe(true);
    expect((await draw(two, () => false)).every(Number.isNaN)).toBe(true);
  });
});

describe("degrees of belonging together", () => {
  test("are 1 for the nearest, and add up to log2 of the neighbours", () => {
    const distances = [0.1, 0.3, 0.4, 0.7, 0.9, 1.2, 1.3, 1.5];
    // A star: the others name no neighbours themselves.
    const near = [
      distances.map((distance, i) => ({ node: i + 1, distance })),
      ...distances.map(() => []),
    ];
    const { from, to, weight } = fuzzyEdges(near);
    expect([...from]).toEqual(distances.map(() => 0));
    expect([...to]).toEqual(distances.map((_, i) => i + 1));
    expect(weight[0]).toBe(1);
    expect(weight.reduce((a, b) => a + b)).toBeCloseTo(3, 5);
  });

  test("of an edge seen from both ends are a + b − ab", () => {
    const distances = [
      [0, 0.5, 0.9, 1.1],
      [0.5, 0, 0.1, 0.8],
      [0.9, 0.1, 0, 0.7],
      [1.1, 0.8, 0.7, 0],
    ];
    const near = distances.map((row, i) =>
      row
        .map((distance, node) => ({ node, distance }))
        .filter(({ node }) => node !== i)
        .sort((a, b) => a.distance - b.distance),
    );
    const { from, to, weight } = fuzzyEdges(near);
    const of = (i: number, j: number) =>
      weight[[...from].findIndex((f, e) => f === i && to[e] === j)]!;
    // Nearest to both: 1 + 1 − 1. Nearest to one: 1 + b − b.
    expect(of(1, 2)).toBe(1);
    expect(of(0, 1)).toBe(1);
    expect(of(0, 2)).toBeGreaterThan(0);
    expect(of(0, 2)).toBeLessThan(1);
  });
});

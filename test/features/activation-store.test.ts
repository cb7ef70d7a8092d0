import { expect, test } from "vitest";
import { ActivationStore } from "#lib/features/activation-store";
import { Rng } from "#lib/random";

test("slots hold what was written to them last, through any number of moves", () => {
  const rng = new Rng(1);
  const store = new ActivationStore(20, 8);
  const expected = new Map<number, [number[], number[]]>();
  for (let step = 0; step < 5000; step++) {
    const slot = rng.below(20);
    const length = rng.below(12);
    const positions = Uint16Array.from({ length: 12 }, () => rng.below(128));
    const values = Float32Array.from({ length: 12 }, () => rng.normal());
    const from = rng.below(12 - length + 1);
    store.set(slot, positions, values, from, from + length);
    expected.set(slot, [
      Array.from(positions.subarray(from, from + length)),
      Array.from(values.subarray(from, from + length)),
    ]);
    if (step % 97 !== 0) continue;
    for (const [s, [p, v]] of expected) {
      const held = store.get(s);
      expect(Array.from(held.positions)).toEqual(p);
      expect(Array.from(held.values)).toEqual(v);
    }
  }
});

test("an untouched slot is empty", () => {
  const { positions, values } = new ActivationStore(3).get(2);
  expect(positions).toHaveLength(0);
  expect(values).toHaveLength(0);
});

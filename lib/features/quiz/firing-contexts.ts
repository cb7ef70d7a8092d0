import type { FiringContextRecord, SampleRecord } from "#lib/db/records";
import { Rng } from "#lib/random";
import { excerptAt } from "./excerpt";

/** Contexts kept of each fifth: enough for four quizzes of five. */
export const PER_FIFTH = 4;
const FIFTHS = 5;

interface FiringContextRequest {
  feature: number;
  contextSize: number;
  /** Sequences of the examples that the feature's page shows. */
  shown: ReadonlySet<number>;
  seed: number;
}

/**
 * Contexts in which the feature fires and that nothing shows: up to
 * `PER_FIFTH` from each fifth of the sample by activation, one a sequence.
 *
 * @param around where the feature fires in the whole sequence of the i-th
 *   firing of the sample.
 */
export function firingContexts(
  sample: SampleRecord,
  around: (i: number) => { positions: Uint16Array; values: Float32Array },
  { feature, contextSize, shown, seed }: FiringContextRequest,
): FiringContextRecord[] {
  const rng = Rng.of(seed, 10, feature);
  const taken = new Set(shown);
  const n = sample.values.length;
  const found: FiringContextRecord[] = [];
  for (let group = 0; group < FIFTHS; group++) {
    const from = Math.floor((group * n) / FIFTHS);
    const to = Math.floor(((group + 1) * n) / FIFTHS);
    let count = 0;
    for (const step of rng.permutation(to - from)) {
      const i = from + step;
      const sequence = sample.sequences[i]!;
      if (count === PER_FIFTH) break;
      if (taken.has(sequence)) continue;
      taken.add(sequence);
      count++;
      const excerpt = excerptAt(sample.positions[i]!, contextSize);
      found.push({ sequence, group, ...within(around(i), excerpt) });
    }
  }
  return found;
}

function within(
  { positions, values }: { positions: Uint16Array; values: Float32Array },
  { start, end }: { start: number; end: number },
) {
  const inside = (_: number, i: number) =>
    positions[i]! >= start && positions[i]! < end;
  return {
    start,
    positions: positions.filter(inside),
    values: values.filter(inside),
  };
}

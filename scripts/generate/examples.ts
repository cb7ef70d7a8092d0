import type { ExampleRecord } from "#lib/db/records";
import type { Rng } from "#lib/random";
import type { Firings } from "./firings";
import type { GeneratedText } from "./generated-text";

const QUANTILES = 5;

/** Firings drawn uniformly, weakest first. */
export interface Sample {
  at: number[];
  values: number[];
}

/** The strongest firings of different sequences, strongest first. */
export function strongestSequences(
  firings: Firings,
  text: GeneratedText,
  count: number,
): ExampleRecord[] {
  const { contextSize } = text.corpus;
  const best: { sequence: number; at: number; value: number }[] = [];
  for (let i = 0; i < firings.count; i++) {
    const value = firings.values[i]!;
    if (best.length === count && !(value > best.at(-1)!.value)) continue;
    const at = firings.at[i]!;
    const sequence = Math.floor(at / contextSize);
    const known = best.findIndex((b) => b.sequence === sequence);
    if (known >= 0) {
      if (best[known]!.value >= value) continue;
      best.splice(known, 1);
    }
    let place = best.length;
    while (place > 0 && best[place - 1]!.value < value) place--;
    best.splice(place, 0, { sequence, at, value });
    if (best.length > count) best.pop();
  }
  return best.map(({ sequence, at, value }) => ({
    group: "top",
    sequence,
    peakPosition: at % contextSize,
    peakValue: value,
    ...firings.inSequence(sequence),
  }));
}

/** `size` of the firings, or all when there are no more. */
export function drawSample(firings: Firings, size: number, rng: Rng): Sample {
  const { count } = firings;
  const chosen = new Set<number>();
  if (count <= size) for (let i = 0; i < count; i++) chosen.add(i);
  else while (chosen.size < size) chosen.add(rng.below(count));
  const sorted = [...chosen].sort(
    (a, b) =>
      firings.values[a]! - firings.values[b]! ||
      firings.at[a]! - firings.at[b]!,
  );
  return {
    at: sorted.map((i) => firings.at[i]!),
    values: sorted.map((i) => firings.values[i]!),
  };
}

/** Some of each fifth of the sample, weakest first. */
export function sampleExamples(
  sample: Sample,
  firings: Firings,
  text: GeneratedText,
  perQuantile: number,
  rng: Rng,
): ExampleRecord[] {
  const { contextSize } = text.corpus;
  const examples: ExampleRecord[] = [];
  const n = sample.at.length;
  for (let group = 0; group < QUANTILES; group++) {
    const from = Math.floor((group * n) / QUANTILES);
    const size = Math.floor(((group + 1) * n) / QUANTILES) - from;
    const order = rng.permutation(size).slice(0, perQuantile).sort();
    for (const i of order) {
      const at = sample.at[from + i]!;
      const sequence = Math.floor(at / contextSize);
      examples.push({
        group,
        sequence,
        peakPosition: at % contextSize,
        peakValue: sample.values[from + i]!,
        ...firings.inSequence(sequence),
      });
    }
  }
  return examples;
}

import type { ExampleRecord, FeatureRecord } from "#lib/db/records";
import type { Rng } from "#lib/random";
import { fixturePlaces } from "./fixture-places";
import { fixtureQuiz } from "./fixture-quiz";
import type { FixtureText } from "./fixture-text";

interface Firing {
  sequence: number;
  position: number;
  token: number;
  value: number;
}

/**
 * One feature, by its number: every 25th is dead, every 40th (+ 1) fires on
 * a fifth of all tokens, the others on one to three tokens of the text.
 */
export function fixtureFeature(
  text: FixtureText,
  index: number,
  dSae: number,
  rng: Rng,
): FeatureRecord {
  const firings = fire(text, index, rng);
  const values = firings.map((f) => f.value);
  const max = values.reduce((a, b) => Math.max(a, b), 0);
  const sum = values.reduce((a, b) => a + b, 0);
  const record: Omit<FeatureRecord, "quiz"> = {
    index,
    firingCount: firings.length,
    meanActivation: firings.length === 0 ? 0 : sum / firings.length,
    maxActivation: max,
    moments: moments(values),
    histogram: histogram(values, max),
    topTokens: topTokens(firings),
    positiveLogits: logits(text, rng, 1),
    negativeLogits: logits(text, rng, -1),
    logitHistogram: {
      min: -4,
      binWidth: 0.125,
      counts: Array.from({ length: 64 }, (_, i) =>
        Math.round(3000 * Math.exp(-((i - 32) ** 2) / 128)),
      ),
    },
    neighbours: Array.from({ length: 10 }, (_, i) => ({
      feature: (index + 1 + i * 7) % dSae,
      cosine: 0.9 - i * 0.07,
    })),
    coFiring: {
      tokens: text.tokens.length,
      firings: firings.length,
      features: Array.from({ length: 5 }, (_, i) => ({
        feature: (index + 2 + i * 11) % dSae,
        count: Math.floor(firings.length / (i + 2)),
        correlation: 0.5 - i * 0.08,
      })),
    },
    places: fixturePlaces(text, firings),
    basis: [0, 1, 2].map((i) => ({
      dimension: (index * 3 + i) % 256,
      weight: 0.3 - i * 0.05,
    })),
    encoderDecoderCosine: 0.5 + rng.uniform() / 2,
    examples: examples(firings),
    sample: sample(firings),
  };
  return { ...record, quiz: fixtureQuiz(text, record, firings) };
}

function fire(text: FixtureText, index: number, rng: Rng): Firing[] {
  if (index % 25 === 0) return [];
  const dense = index % 40 === 1;
  const watched = new Map<number, number>();
  for (let i = 0; i < 1 + (index % 3); i++) {
    watched.set(someToken(text, rng), 2 + 8 * rng.uniform());
  }
  const firings: Firing[] = [];
  text.tokens.forEach((token, at) => {
    if (token === 50256) return;
    const strength = watched.get(token) ?? (dense ? 1 : 0);
    if (strength === 0 || rng.uniform() > (dense ? 0.2 : 0.9)) return;
    firings.push({
      sequence: Math.floor(at / text.contextSize),
      position: at % text.contextSize,
      token,
      value: Math.fround(strength * (0.2 + rng.uniform())),
    });
  });
  return firings;
}

function someToken(text: FixtureText, rng: Rng): number {
  let token = 50256;
  while (token === 50256) token = text.tokens[rng.below(text.tokens.length)]!;
  return token;
}

function histogram(values: number[], max: number) {
  const counts = new Array<number>(max === 0 ? 0 : 40).fill(0);
  const binWidth = max === 0 ? 0 : max / 40;
  for (const value of values) {
    counts[Math.min(39, Math.ceil(value / binWidth) - 1)]!++;
  }
  return { binWidth, counts };
}

function topTokens(firings: Firing[]): FeatureRecord["topTokens"] {
  const byToken = groupBy(firings, (f) => f.token);
  return [...byToken]
    .map(([tokenId, list]) => ({
      tokenId,
      count: list.length,
      mean: list.reduce((sum, f) => sum + f.value, 0) / list.length,
    }))
    .sort((a, b) => b.count - a.count || a.tokenId - b.tokenId)
    .slice(0, 10);
}

function moments(values: number[]): FeatureRecord["moments"] {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const central = (p: number) =>
    values.reduce((sum, v) => sum + (v - mean) ** p, 0) / n;
  const variance = n === 0 ? 0 : central(2);
  if (variance === 0) return { variance, skewness: null, kurtosis: null };
  return {
    variance,
    skewness: central(3) / variance ** 1.5,
    kurtosis: central(4) / variance ** 2,
  };
}

function sample(firings: Firing[]): FeatureRecord["sample"] {
  const step = Math.max(1, Math.floor(firings.length / 100));
  const drawn = firings
    .filter((_, i) => i % step === 0)
    .slice(0, 100)
    .sort((a, b) => a.value - b.value);
  return {
    sequences: Uint32Array.from(drawn, (f) => f.sequence),
    positions: Uint16Array.from(drawn, (f) => f.position),
    values: Float32Array.from(drawn, (f) => f.value),
  };
}

function logits(text: FixtureText, rng: Rng, sign: 1 | -1) {
  return Array.from({ length: 10 }, (_, i) => ({
    tokenId: someToken(text, rng),
    value: sign * (3 - i * 0.2),
  }));
}

/** 20 strongest sequences and 5 examples of each fifth of the firings. */
function examples(firings: Firing[]): ExampleRecord[] {
  const strongest = [...firings].sort(
    (a, b) => b.value - a.value || a.sequence - b.sequence,
  );
  const bySequence = groupBy(firings, (f) => f.sequence);
  const seen = new Set<number>();
  const top = strongest
    .filter((f) => !seen.has(f.sequence) && seen.add(f.sequence))
    .slice(0, 20);
  const fifth = Math.floor(strongest.length / 5);
  const groups = [0, 1, 2, 3, 4].map((q) =>
    strongest.slice((4 - q) * fifth, (5 - q) * fifth).slice(0, 5),
  );
  const record = (firing: Firing, group: "top" | number): ExampleRecord => {
    const all = bySequence.get(firing.sequence)!;
    return {
      group,
      sequence: firing.sequence,
      peakPosition: firing.position,
      peakValue: firing.value,
      positions: Uint16Array.from(all, (f) => f.position),
      values: Float32Array.from(all, (f) => f.value),
    };
  };
  return [
    ...top.map((f) => record(f, "top")),
    ...groups.flatMap((list, q) => list.map((f) => record(f, q))),
  ];
}

/** Map.groupBy, which Node 20 does not have. */
function groupBy<T>(list: T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of list) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

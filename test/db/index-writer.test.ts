import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { IndexWriter, openIndexDatabase } from "#lib/db/index";
import { IndexScan } from "#lib/db/index-scan";
import type { FeatureRecord } from "#lib/db/records";
import { AppError } from "#lib/errors";
import { Rng } from "#lib/random";
import { buildFixtureIndex, fixtureManifest } from "./fixture";
import { fixtureFeature } from "./fixture-feature";
import { fixtureText } from "./fixture-text";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const decode = (ids: Uint16Array) =>
  Array.from(ids, (id) => `t${id}`).join(" ");
const text = fixtureText(3, 20, 32);

function start(name: string) {
  const file = join(folder, name);
  const writer = IndexWriter.create(file, { decode });
  writer.addDocuments(text.documents);
  writer.addSequences(0, text.tokens, text.contextSize);
  writer.addSegments(text.segments);
  return { file, writer };
}

test("every record comes back as it was written", () => {
  const { file, writer } = start("round-trip.sqlite");
  const features = [2, 0, 1].map((i) =>
    fixtureFeature(text, i, 3, Rng.of(3, i)),
  );
  for (const feature of features) writer.addFeature(feature);
  writer.finish(fixtureManifest("round-trip", 3, 3, text));

  const scan = IndexScan.open(file);
  const read = [...scan.features()];
  const examples = [...scan.examples()];
  for (const wanted of features) {
    const { index, firingCount, meanActivation, maxActivation } = wanted;
    const { histogram, neighbours } = wanted;
    expect(read[index]).toEqual({
      index,
      firingCount,
      meanActivation,
      maxActivation,
      histogram,
      neighbours: neighbours.map((n) => n.feature),
    });
    const of = examples.filter((e) => e.feature === index);
    expect(of).toMatchObject(wanted.examples);
  }
  expect([...scan.quizzes()]).toEqual(
    features
      .map(({ index, quiz }) => ({ feature: index, quiz }))
      .sort((a, b) => a.feature - b.feature),
  );
  expect(scan.sequence(7)).toEqual(text.tokens.slice(7 * 32, 8 * 32));
  expect(scan.danglingSegments()).toBe(0);
  expect(scan.manifest.counts).toEqual({
    features: 3,
    examples: features.reduce((sum, f) => sum + f.examples.length, 0),
    sequences: 20,
    documents: text.documents.length,
  });
  expect(scan.integrity()).toBe("ok");
  scan.close();
});

test("the text around a peak stays inside the peak's document", () => {
  const { file, writer } = start("contexts.sqlite");
  const at = text.segments.find((s) => s.start > 1 && s.start < 28)!;
  writer.addFeature(
    firing(0, [{ sequence: at.sequence, peak: at.start, value: 2 }]),
  );
  writer.finish(fixtureManifest("contexts", 1, 3, text));
  const { connection } = openIndexDatabase(file);
  const row = at.sequence * 32 + at.start;
  const words = connection.prepare("SELECT word FROM words").pluck().all();
  expect(words).toEqual(
    decode(text.tokens.subarray(row, Math.min(row + 5, at.sequence * 32 + 32)))
      .split(" ")
      .sort(),
  );
  connection.close();
});

test("the live file stays as it was until finish, and after abort", () => {
  const file = join(folder, "live.sqlite");
  buildFixtureIndex(file, { dSae: 5, sequences: 5 });
  const before = readFileSync(file);
  const { writer } = start("live.sqlite");
  expect(existsSync(`${file}.tmp`)).toBe(true);
  expect(readFileSync(file).equals(before)).toBe(true);
  writer.abort();
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((f) => f.endsWith(".tmp"))).toEqual([]);
});

test("what a crash left behind is overwritten", () => {
  const file = join(folder, "crashed.sqlite");
  writeFileSync(`${file}.tmp`, "half a file");
  buildFixtureIndex(file, { dSae: 5, sequences: 5 });
  expect(openIndexDatabase(file).manifest.counts.features).toBe(5);
  expect(existsSync(`${file}.tmp`)).toBe(false);
});

test("the same index is built byte for byte", () => {
  const [a, b] = ["a.sqlite", "b.sqlite"].map((name) => join(folder, name));
  for (const file of [a!, b!]) buildFixtureIndex(file, { sequences: 30 });
  expect(readFileSync(a!).equals(readFileSync(b!))).toBe(true);
});

const contradictions: { name: string; add: (w: IndexWriter) => void }[] = [
  {
    name: "a feature twice",
    add: (w) => [w.addFeature(firing(1, [])), w.addFeature(firing(1, []))],
  },
  {
    name: "a feature that fires but has no activation",
    add: (w) => w.addFeature({ ...firing(1, []), firingCount: 3 }),
  },
  {
    name: "half a sequence",
    add: (w) => w.addSequences(100, new Uint16Array(33), 32),
  },
  {
    name: "a sequence twice",
    add: (w) => w.addSequences(3, new Uint16Array(32), 32),
  },
  {
    name: "an example in a sequence that is not there",
    add: (w) => {
      w.addFeature(firing(1, [{ sequence: 99, peak: 3, value: 1 }]));
      w.finish(fixtureManifest("x", 1, 3, text));
    },
  },
];

test.each(contradictions)("$name is refused in one sentence", ({ add }) => {
  const { file, writer } = start("contradiction.sqlite");
  expect(() => add(writer)).toThrow(AppError);
  writer.abort();
  expect(existsSync(file)).toBe(false);
});

test("4,096 features of 45 examples load in less than 5 s", () => {
  const { writer } = start("load.sqlite");
  const seconds = -performance.now() / 1000;
  for (let index = 0; index < 4096; index++) {
    writer.addFeature(
      firing(
        index,
        Array.from({ length: 45 }, (_, i) => ({
          sequence: (index + i) % 20,
          peak: 1 + ((index * 7 + i) % 30),
          value: 50 - i,
        })),
      ),
    );
  }
  writer.finish(fixtureManifest("load", 4096, 3, text));
  expect(seconds + performance.now() / 1000).toBeLessThan(5);
});

/** A feature that fires on these peaks; the first 20 are its top contexts. */
function firing(
  index: number,
  peaks: { sequence: number; peak: number; value: number }[],
): FeatureRecord {
  const max = peaks[0]?.value ?? 0;
  return {
    index,
    firingCount: peaks.length,
    meanActivation: max / 2,
    maxActivation: max,
    histogram: { binWidth: 1, counts: new Array<number>(64).fill(1) },
    topTokens: peaks
      .slice(0, 10)
      .map((_, i) => ({ tokenId: 11 + i, count: 1, mean: 1 })),
    positiveLogits: [],
    negativeLogits: [],
    neighbours: [],
    encoderDecoderCosine: 0.5,
    moments: { variance: 0, skewness: null, kurtosis: null },
    logitHistogram: { min: 0, binWidth: 1, counts: [] },
    coFiring: { tokens: 0, firings: 0, features: [] },
    places: { positions: [], sources: [], documents: 0, topDocuments: [] },
    basis: [],
    quiz: { firing: [], silent: [] },
    sample: {
      sequences: new Uint32Array(0),
      positions: new Uint16Array(0),
      values: new Float32Array(0),
    },
    examples: peaks.map(({ sequence, peak, value }, i) => ({
      group: i < 20 ? "top" : Math.floor((i - 20) / 5),
      sequence,
      peakPosition: peak,
      peakValue: value,
      positions: Uint16Array.of(peak, 31),
      values: Float32Array.of(value, 0.5),
    })),
  };
}

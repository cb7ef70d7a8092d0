import { describe, expect, test } from "vitest";
import { Rng } from "#lib/random";
import {
  firingsOf,
  topContextsOf,
  windowOf,
} from "#test/reference/feature-index";
import {
  makeCorpus,
  placesOf,
  poolOf,
  range,
  sparseRows,
  streamCorpus,
} from "./small-corpus";
import { FeaturePass } from "#lib/features/feature-pass";

describe("top contexts", () => {
  test.each([1, 2, 3, 4, 5])(
    "are those of the dense oracle, activations included (seed %i)",
    (seed) => {
      const corpus = makeCorpus(seed);
      for (const top of [1, 5, 20]) {
        const pass = streamCorpus(corpus, { top });
        for (const f of range(corpus.dSae)) {
          expect(pass.top.records(f)).toEqual(topContextsOf(corpus, f, top));
        }
      }
    },
  );

  test("do not depend on the order in which sequences arrive", () => {
    const corpus = makeCorpus(9, { sequences: 120 });
    const rng = new Rng(1);
    for (let trial = 0; trial < 5; trial++) {
      const order = Array.from(rng.permutation(corpus.sequences));
      const pass = streamCorpus(corpus, { order, batch: 1 + trial * 10 });
      for (const f of range(corpus.dSae)) {
        expect(pass.top.records(f)).toEqual(topContextsOf(corpus, f, 5));
      }
    }
  });

  test("come from distinct sequences and show distinct texts, though the corpus repeats itself", () => {
    const corpus = makeCorpus(10, { sequences: 200 });
    const pass = streamCorpus(corpus, { top: 20 });
    let repeatsAvoided = 0;
    for (const f of range(corpus.dSae)) {
      const records = pass.top.records(f);
      const firings = firingsOf(corpus, f);
      const texts = records.map((record) =>
        windowOf(
          corpus,
          firings.find(
            (firing) =>
              firing.sequence === record.sequence &&
              firing.position === record.peakPosition,
          )!,
        ),
      );
      expect(new Set(texts).size).toBe(texts.length);
      const sequences = records.map((record) => record.sequence);
      expect(new Set(sequences).size).toBe(sequences.length);
      const strongest = firings.filter(
        (firing) => firing.value >= records[records.length - 1]!.peakValue,
      );
      if (new Set(strongest.map((s) => s.sequence)).size > records.length) {
        repeatsAvoided++;
      }
    }
    expect(repeatsAvoided).toBeGreaterThan(0);
  });

  test("a text pushed out and seen again later takes its place by its new strength", () => {
    // Three sequences of one context each; sequence 2 repeats sequence 0.
    const contextSize = 3;
    const texts = [
      [50256, 1, 2],
      [50256, 3, 4],
      [50256, 1, 2],
    ];
    const strengths = [1, 2, 3];
    const corpus = {
      contextSize,
      sequences: 3,
      dSae: 1,
      tokens: Uint16Array.from(texts.flat()),
      activations: Float32Array.from(strengths.flatMap((v) => [0, 0, v])),
    };
    const pass = new FeaturePass({
      dSae: 1,
      contextSize,
      places: placesOf(corpus),
      top: 1,
      sample: 5,
      pool: poolOf(corpus),
      seed: 0,
    });
    const kept = range(3).map((s) => {
      pass.add([s], Uint16Array.from(texts[s]!), sparseRows(corpus, [s]));
      return pass.top.records(0).map((record) => record.sequence);
    });
    expect(kept).toEqual([[0], [1], [2]]);
  });
});

import { describe, expect, it } from "vitest";
import type { FeatureRecord, QuizRecord } from "#lib/db/records";
import { describeQuiz, excerptAt, QuizPool } from "#lib/features/index";
import { makeCorpus, poolOf, range, streamCorpus } from "./small-corpus";

const BOS = 50256;
const corpus = makeCorpus(3, { sequences: 300, contextSize: 160, dSae: 60 });
const { contextSize, dSae } = corpus;
const pass = streamCorpus(corpus, { sample: 100, top: 10 });

/** What the index builder writes of a feature, as far as quizzes go. */
function recordOf(
  index: number,
): Pick<
  FeatureRecord,
  "index" | "examples" | "sample" | "topTokens" | "neighbours" | "coFiring"
> {
  const top = pass.top.records(index);
  const shown = top.map((example) => example.sequence);
  return {
    index,
    examples: [...top, ...pass.sample.records(index, 3, shown)],
    sample: pass.sample.drawn(index),
    topTokens: pass.tokenStats.records(index, 10),
    neighbours: [index - 1, index + 1]
      .filter((f) => f > 0 && f < dSae)
      .map((feature) => ({ feature, cosine: 0.5 })),
    coFiring: { tokens: 0, firings: 0, features: [] },
  };
}

const quizOf = (index: number, pool = pass.pool): QuizRecord =>
  describeQuiz(pool, recordOf(index), {
    around: pass.sample.around(index),
    seed: 11,
  });

/** The feature's activations on an excerpt, from the dense oracle. */
function dense(feature: number, sequence: number, start: number) {
  const end = Math.min(start + 48, contextSize);
  return range(end - start).map((i) => {
    const row = sequence * contextSize + start + i;
    const silent = corpus.tokens[row] === BOS;
    return silent ? 0 : corpus.activations[row * dSae + feature]!;
  });
}

const quizzes = range(dSae).map((index) => ({ index, quiz: quizOf(index) }));

describe("contexts kept for quizzes", () => {
  it("are there for features that fire often enough, both kinds of them", () => {
    const enough = quizzes.filter(
      ({ quiz }) => quiz.firing.length >= 5 && quiz.silent.length >= 5,
    );
    expect(enough.length).toBeGreaterThan(5);
    expect(quizzes[0]!.quiz).toEqual({ firing: [], silent: [] });
    const reasons = enough.flatMap(({ quiz }) =>
      quiz.silent.map((context) => context.reason),
    );
    expect(new Set(reasons)).toEqual(new Set(["token", "related", "other"]));
  });

  it("are never in a sequence of an example, nor two in one", () => {
    for (const { index, quiz } of quizzes) {
      const shown = recordOf(index).examples.map((e) => e.sequence);
      const kept = [...quiz.firing, ...quiz.silent].map((c) => c.sequence);
      expect(new Set(kept).size).toBe(kept.length);
      for (const sequence of kept) expect(shown).not.toContain(sequence);
    }
  });

  it("fire exactly where they say, by the dense activations", () => {
    for (const { index, quiz } of quizzes) {
      for (const { sequence, start, positions, values } of quiz.firing) {
        const all = dense(index, sequence, start);
        const said = all.map(() => 0);
        positions.forEach((position, i) => {
          said[position - start] = values[i]!;
        });
        expect(said).toEqual(all);
        expect(positions.length).toBeGreaterThan(0);
      }
    }
  });

  it("or are silent throughout, by the dense activations", () => {
    let checked = 0;
    for (const { index, quiz } of quizzes) {
      for (const { sequence, start } of quiz.silent) {
        expect(dense(index, sequence, start).every((v) => v === 0)).toBe(true);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });

  it("miss narrowly: they hold a top token, or a related feature fires", () => {
    for (const { index, quiz } of quizzes) {
      const { topTokens, neighbours } = recordOf(index);
      for (const { sequence, start, reason } of quiz.silent) {
        const from = sequence * contextSize + start;
        const text = [...corpus.tokens.subarray(from, from + 48)];
        if (reason === "token") {
          expect(topTokens.some((t) => text.includes(t.tokenId))).toBe(true);
        }
        if (reason === "related") {
          expect(
            neighbours.some((n) =>
              dense(n.feature, sequence, start).some((v) => v > 0),
            ),
          ).toBe(true);
        }
      }
    }
  });

  it("cover all fifths of the activations of a feature that fires often", () => {
    const { quiz } = quizzes.find(({ quiz: q }) => q.firing.length === 20)!;
    expect(quiz.firing.map((context) => context.group)).toEqual(
      range(20).map((i) => Math.floor(i / 4)),
    );
  });

  it("are the same in whatever batches the corpus is read", () => {
    const again = streamCorpus(corpus, { sample: 100, top: 10, batch: 31 });
    for (const index of [5, 20, 40]) {
      expect(quizOf(index, again.pool)).toEqual(quizOf(index));
    }
  });

  it("are silent also where the pool holds a part of the sequences only", () => {
    const rows = Uint32Array.from(range(corpus.sequences));
    const pool = new QuizPool(corpus, rows, dSae, 50);
    expect(pool.rows).toBe(50);
    expect(pool.row(pool.sequences[7]!)).toBe(7);
    expect(pool.row(pool.sequences[7]! + 1)).toBeUndefined();
    const small = streamCorpus(corpus, { sample: 100, top: 10, pool });
    for (const index of [4, 5, 6]) {
      const { silent } = quizOf(index, small.pool);
      expect(silent.length).toBeGreaterThan(0);
      for (const { sequence, start } of silent) {
        expect(pool.row(sequence)).toBeDefined();
        expect(dense(index, sequence, start).every((v) => v === 0)).toBe(true);
      }
    }
  });
});

describe("an excerpt", () => {
  it("is three blocks round the token, moved inwards at the ends", () => {
    expect(excerptAt(40, 128)).toEqual({ start: 16, end: 64 });
    expect(excerptAt(3, 128)).toEqual({ start: 0, end: 48 });
    expect(excerptAt(127, 128)).toEqual({ start: 80, end: 128 });
    expect(excerptAt(20, 24)).toEqual({ start: 0, end: 24 });
    for (const size of [24, 100, 128, 1024]) {
      for (const at of range(size)) {
        const { start, end } = excerptAt(at, size);
        expect(at >= start && at < end && end <= size).toBe(true);
      }
    }
  });

  it("knows every place of a token in its pool", () => {
    const pool = poolOf(corpus);
    const token = corpus.tokens[5]!;
    const places = range(pool.countOf(token)).map((n) =>
      pool.placeOf(token, n),
    );
    const wanted = range(corpus.sequences).flatMap((row) =>
      range(128)
        .filter((p) => corpus.tokens[row * contextSize + p] === token)
        .map((position) => ({ row, position })),
    );
    expect(places).toEqual(wanted);
  });
});

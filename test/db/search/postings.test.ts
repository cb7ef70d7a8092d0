import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  PhraseCursor,
  TogetherCursor,
  UnionCursor,
} from "#lib/db/search/joined-cursors";
import { END, TermCursor, type Cursor } from "#lib/db/search/posting-cursor";
import { PostingsBuilder } from "#lib/db/search/postings-builder";
import { splitTerms } from "#lib/db/search/terms";

/** contexts[feature][rank] = the terms, by place. */
type Contexts = number[][][];

const contexts: fc.Arbitrary<Contexts> = fc.array(
  fc.array(fc.array(fc.nat(4), { maxLength: 6 }), { maxLength: 4 }),
  { maxLength: 12 },
);

/** Writes postings in chunks of about `batch` occurrences. */
function postingsOf(all: Contexts, batch: number) {
  const chunks = new Map<number, Buffer[]>();
  const builder = new PostingsBuilder((term, chunk, bytes) => {
    const list = chunks.get(term) ?? [];
    expect(chunk).toBeGreaterThanOrEqual(list.length);
    chunks.set(term, [...list, bytes]);
  }, batch);
  all.forEach((ranks, i) => {
    // Features far apart, so that their differences take several bytes.
    ranks.forEach((terms, rank) => {
      terms.forEach((term, place) => {
        builder.add(term, i * 1000, rank, place);
      });
    });
    builder.endFeature();
  });
  const counts = builder.finish();
  return {
    counts,
    cursor: (term: number) => new TermCursor(chunks.get(term) ?? []),
  };
}

interface Match {
  feature: number;
  contexts: number;
  best: number;
}

function walk(cursor: Cursor): Match[] {
  const found: Match[] = [];
  for (; cursor.feature !== END; cursor.seek(cursor.feature + 1)) {
    const { feature } = cursor;
    found.push({ feature, contexts: cursor.contexts(), best: cursor.best() });
  }
  return found;
}

/** Features with contexts that pass, by looking at them all. */
function oracle(all: Contexts, passes: (terms: number[]) => boolean): Match[] {
  return all.flatMap((ranks, i) => {
    const good = ranks.flatMap((terms, rank) => (passes(terms) ? [rank] : []));
    return good.length === 0
      ? []
      : [{ feature: i * 1000, contexts: good.length, best: good[0]! }];
  });
}

const follows = (terms: number[], phrase: number[]) =>
  terms.some((_, at) => phrase.every((term, i) => terms[at + i] === term));

describe("postings", () => {
  const term = fc.nat(4);
  const batch = fc.integer({ min: 1, max: 20 });

  it("hold what was put in, whatever the chunks", () => {
    fc.assert(
      fc.property(contexts, term, batch, (all, wanted, size) => {
        const { cursor, counts } = postingsOf(all, size);
        const found = walk(cursor(wanted));
        expect(found).toEqual(oracle(all, (terms) => terms.includes(wanted)));
        expect(counts[wanted] ?? 0).toBe(found.length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("find phrases, and the context they are in", () => {
    const phrase = fc.array(term, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(contexts, phrase, batch, (all, wanted, size) => {
        const { cursor } = postingsOf(all, size);
        expect(walk(new PhraseCursor(wanted.map(cursor)))).toEqual(
          oracle(all, (terms) => follows(terms, wanted)),
        );
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it("find any of several, and several in one context", () => {
    fc.assert(
      fc.property(contexts, term, term, term, batch, (all, a, b, c, size) => {
        const { cursor } = postingsOf(all, size);
        const either = new UnionCursor([cursor(a), cursor(b)]);
        expect(walk(new TogetherCursor([either, cursor(c)]))).toEqual(
          oracle(
            all,
            (terms) =>
              (terms.includes(a) || terms.includes(b)) && terms.includes(c),
          ),
        );
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("are skipped through", () => {
    const all = Array.from({ length: 50 }, () => [[1, 2]]);
    const cursor = postingsOf(all, 7).cursor(2);
    cursor.seek(31_500);
    expect(cursor.feature).toBe(32_000);
    cursor.seek(100);
    expect(cursor.feature).toBe(32_000);
    cursor.seek(49_001);
    expect(cursor.feature).toBe(END);
  });
});

test.each<[string, string[]]>([
  ["The Whale, naïve CAFÉ", ["the", "whale", ",", "naive", "cafe"]],
  ["don't C++ 3.14", ["don", "'", "t", "c", "+", "+", "3", ".", "14"]],
  ["日本語 abc日", ["日", "本", "語", "abc", "日"]],
  ["🚢👩‍🚀", ["🚢", "👩", "\u200d", "🚀"]],
  ["e\u0301té İstanbul", ["ete", "istanbul"]],
  ["\u0301", ["\u0301"]],
  [" \n\t", []],
  ["мир Straße", ["мир", "straße"]],
])("%j is split into terms", (text, terms) => {
  const split = splitTerms(text);
  expect(split.map(({ term }) => term)).toEqual(terms);
  let at = 0;
  for (const { start, end } of split) {
    expect(text.slice(at, start).trim()).toBe("");
    at = end;
  }
});

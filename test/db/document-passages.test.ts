import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  IndexReader,
  openIndexDatabase,
  type DocumentPassages,
} from "#lib/db/index";
import { buildFixtureIndex } from "./fixture";
import { fixtureText } from "./fixture-text";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const file = join(folder, "fixture.sqlite");
const text = fixtureText(1, 60, 64);
let reader: IndexReader;

beforeAll(() => {
  buildFixtureIndex(file, { text, dSae: 30 });
  reader = new IndexReader(openIndexDatabase(file));
});

/** Where each run of a document's tokens stands, in its order. */
const segmentsOf = (document: number) =>
  text.segments
    .filter((segment) => segment.document === document)
    .sort((a, b) => a.documentOffset - b.documentOffset);

describe("a document's passages", () => {
  test("walked from page to page are all of them, in order, from both ends", () => {
    for (const { id, title } of text.documents.slice(0, 12)) {
      const wanted = segmentsOf(id).map((s) => s.documentOffset);
      const seen: number[] = [];
      let from: number | null = 0;
      while (from !== null) {
        const page: DocumentPassages = reader.passages(id, { from }, 2)!;
        expect(page.title).toBe(title);
        seen.push(...page.passages.map((p) => p.offset));
        from = page.next;
      }
      expect(seen).toEqual(wanted);
      const back: number[] = [];
      from = wanted.at(-1)!;
      while (from !== null) {
        const page: DocumentPassages = reader.passages(id, { from }, 1)!;
        back.unshift(page.passages[0]!.offset);
        from = page.previous;
      }
      expect(back).toEqual(wanted);
    }
  });

  test("hold the token that is asked for, with some before it", () => {
    const longest = text.documents.map(({ id }) => segmentsOf(id));
    const segments = longest.sort((a, b) => b.length - a.length)[0]!;
    expect(segments.length).toBeGreaterThan(2);
    const { document } = segments[0]!;
    const last = segments.at(-1)!;
    const page = reader.passages(document, { at: last.documentOffset }, 6)!;
    const offsets = page.passages.map((p) => p.offset);
    expect(offsets).toContain(last.documentOffset);
    expect(offsets.length).toBeGreaterThan(1);
    const passage = page.passages.at(-1)!;
    expect(passage.sequence).toBe(last.sequence);
    const at = last.sequence * text.contextSize;
    expect(passage.tokens).toEqual(
      text.tokens.slice(at, at + text.contextSize),
    );
  });

  test("of a document that is not there are none", () => {
    expect(reader.passages(9999, { at: 0 }, 6)).toBeUndefined();
  });

  test("a token's document is the one its segment says", () => {
    for (const segment of text.segments.slice(0, 40)) {
      const { sequence, start, document, documentOffset } = segment;
      expect(reader.documentAt(sequence, start)).toEqual({
        id: document,
        title: text.documents[document]!.title,
        source: "fixture",
        tokenOffset: documentOffset,
      });
    }
  });
});

describe("what is known of a feature's firings", () => {
  test("is whole in the sequences of its examples, and samples elsewhere", () => {
    const known = reader.knownFirings(1);
    const { examples } = reader.feature(1)!;
    const sequences = known.map((k) => k.sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
    // Strongest first.
    expect(sequences[0]).toBe(examples[0]!.sequence);
    for (const example of examples) {
      const found = known.find((k) => k.sequence === example.sequence)!;
      expect(found.whole).toBe(true);
      expect(found.positions).toEqual(example.positions);
      expect(found.values).toEqual(example.values);
    }
    const sampled = known.filter((k) => !k.whole);
    expect(sampled.length).toBeGreaterThan(0);
    for (const { positions, sequence } of sampled) {
      expect([...positions]).toEqual([...positions].sort((a, b) => a - b));
      const own = [...positions].map(
        (p) => text.tokens[sequence * text.contextSize + p],
      );
      expect(own).not.toContain(50_256);
    }
  });

  test("the largest activation is that of any feature", () => {
    const all = Array.from(
      { length: 30 },
      (_, i) => reader.feature(i)!.maxActivation,
    );
    expect(reader.largestActivation).toBe(Math.max(...all));
  });
});

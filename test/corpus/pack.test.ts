import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOS, locate, packDocuments } from "#lib/corpus/index";

// Tokens that tell document and place apart; lengths around the sequence length.
const documents = fc
  .array(fc.integer({ min: 0, max: 25 }), { maxLength: 12 })
  .map((lengths) =>
    lengths.map((length, d) => ({
      title: `document ${String(d)}`,
      source: "test",
      tokens: Uint16Array.from({ length }, (_, i) => d * 100 + i),
    })),
  );
const contextSize = fc.integer({ min: 2, max: 12 });

describe("packing", () => {
  it("is the stream of documents with one BOS between them, cut and prefixed", () => {
    fc.assert(
      fc.property(documents, contextSize, (texts, context) => {
        const stream = texts
          .filter(({ tokens }) => tokens.length > 0)
          .flatMap(({ tokens }, i) =>
            i === 0 ? [...tokens] : [BOS, ...tokens],
          );
        const expected: number[] = [];
        for (let at = 0; at + context - 1 <= stream.length; at += context - 1) {
          expected.push(BOS, ...stream.slice(at, at + context - 1));
        }
        const packed = packDocuments(texts, context);
        expect([...packed.tokens]).toEqual(expected);
        expect(packed.sequences).toBe(expected.length / context);
      }),
    );
  });

  it("lets every document be rebuilt from its segments, but for the dropped end", () => {
    fc.assert(
      fc.property(documents, contextSize, (texts, context) => {
        const packed = packDocuments(texts, context);
        const rebuilt = packed.documents.map(() => [] as number[]);
        packed.segments.forEach(
          ({ sequence, start, document, documentOffset }) => {
            const part = rebuilt[document]!;
            expect(part.length).toBe(documentOffset);
            for (let p = start; p < context; p++) {
              const token = packed.tokens[sequence * context + p]!;
              if (token === BOS) break;
              part.push(token);
            }
          },
        );
        const whole = texts.filter(({ tokens }) => tokens.length > 0);
        rebuilt.forEach((part, d) => {
          const { title, tokens } = whole[d]!;
          expect(packed.documents[d]).toMatchObject({ id: d, title });
          // Only the last document may be cut.
          const length = d < rebuilt.length - 1 ? tokens.length : part.length;
          expect(part).toEqual([...tokens.subarray(0, length)]);
          expect(part.length).toBeGreaterThan(0);
        });
      }),
    );
  });

  it("places every token in its document, and BOS in none", () => {
    fc.assert(
      fc.property(documents, contextSize, (texts, context) => {
        const packed = packDocuments(texts, context);
        for (let i = 0; i < packed.tokens.length; i++) {
          const token = packed.tokens[i]!;
          const place = locate(packed, Math.floor(i / context), i % context);
          if (token === BOS) expect(place).toBeUndefined();
          else {
            expect(place?.document.title).toBe(
              `document ${String(Math.floor(token / 100))}`,
            );
            expect(place?.offset).toBe(token % 100);
          }
        }
      }),
    );
  });

  it("has no place outside the corpus", () => {
    const packed = packDocuments(
      [{ title: "a", source: "test", tokens: Uint16Array.of(1, 2, 3) }],
      4,
    );
    expect(packed.sequences).toBe(1);
    expect(locate(packed, 1, 1)).toBeUndefined();
  });
});

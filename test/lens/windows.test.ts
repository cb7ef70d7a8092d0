import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LENS_MAX_TOKENS } from "#lib/contract/index";
import { AppError } from "#lib/errors";
import { BOS, tokenize } from "#lib/gpt2/index";
import { MAX_TOKENS } from "#lib/lens/index";
import { answeredRows, cutText } from "#lib/lens/tokens";
import { cutWindows, windowOf } from "#lib/lens/windows";

describe("cutting a text into windows", () => {
  it("answers for every token once, with half a context before those after a cut", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 2, max: 300 }),
        (tokens, contextSize) => {
          const { length, windows } = cutWindows(tokens, contextSize);
          expect(length).toBe(Math.min(tokens, contextSize - 1));
          let next = 0;
          for (const { start, from, to } of windows) {
            expect(from).toBe(next);
            expect(to).toBe(start + length);
            expect(to).toBeGreaterThan(from);
            expect(start).toBeLessThanOrEqual(from);
            if (from > 0) {
              const half = Math.floor((contextSize - 1) / 2);
              expect(from - start).toBeGreaterThanOrEqual(half);
            }
            next = to;
          }
          expect(next).toBe(tokens);
        },
      ),
    );
  });

  it("reads a text that fits in one window, as it stands", () => {
    expect(cutWindows(127, 128)).toEqual({
      length: 127,
      windows: [{ start: 0, from: 0, to: 127 }],
    });
  });

  it("lets the last window reach back", () => {
    const cut = cutWindows(200, 128);
    expect(cut.windows).toEqual([
      { start: 0, from: 0, to: 127 },
      { start: 64, from: 127, to: 191 },
      { start: 73, from: 191, to: 200 },
    ]);
    expect(windowOf(cut, 126).start).toBe(0);
    expect(windowOf(cut, 127).start).toBe(64);
    expect(windowOf(cut, 199).start).toBe(73);
  });
});

describe("a text's batch", () => {
  const text = " one two three four five six seven eight nine ten";
  const ids = [...tokenize(text)];

  it("begins every window with BOS, and its rows are found again", () => {
    const cutUp = cutText(text, 6);
    const { tokens, cut, batch } = cutUp;
    expect([...tokens]).toEqual(ids);
    cut.windows.forEach(({ start }, w) => {
      expect([...batch.subarray(w * 6, (w + 1) * 6)]).toEqual([
        BOS,
        ...ids.slice(start, start + 5),
      ]);
    });
    // Rows that name their token and window.
    const rows = Float32Array.from(batch, (id, row) => id + row / 1e6);
    const doubled = Float32Array.from(
      { length: rows.length * 2 },
      (_, i) => rows[i >> 1]!,
    );
    const answered = answeredRows(cutUp, doubled, 2);
    expect(answered).toHaveLength(ids.length * 2);
    ids.forEach((id, t) => {
      expect(Math.round(answered[2 * t]!)).toBe(id);
      expect(answered[2 * t + 1]).toBe(answered[2 * t]);
    });
  });

  it("is refused above the limit that the API names", () => {
    expect(MAX_TOKENS).toBe(LENS_MAX_TOKENS);
    expect(cutText(" sea".repeat(2000), 128).tokens).toHaveLength(2000);
    expect(() => cutText(" sea".repeat(2001), 128)).toThrow(AppError);
    expect(() => cutText(" sea".repeat(2001), 128)).toThrow(/2001 .* 2000/);
  });
});

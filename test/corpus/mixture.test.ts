import { describe, expect, it } from "vitest";
import { Mixture } from "../../lib/corpus/mixture";

/** One token a letter: what is tested is which documents are taken. */
const letters = (text: string) =>
  Uint16Array.from(text, (letter) => letter.charCodeAt(0));

function documents(count: number) {
  return Array.from({ length: count }, (_, i) => ({
    title: String(i),
    source: "test",
    text: `${String(i).padStart(4, "0")} ${"x".repeat(i % 37)}`,
  }));
}

function mixtureOf(seed: number, maxTokens?: number, count = 2000) {
  const mixture = new Mixture(seed, maxTokens);
  for (const document of documents(count)) mixture.offer(document, letters);
  return mixture;
}

const titles = (part: { title: string }[]) => part.map(({ title }) => title);

describe("the mixture", () => {
  it("keeps every document once, in an order that only the seed decides", () => {
    const { train, heldOut } = mixtureOf(1).split(0.1, 1);
    const all = [...titles(train), ...titles(heldOut)];
    expect(new Set(all).size).toBe(2000);
    expect(all.length).toBe(2000);
    expect(titles(mixtureOf(1).split(0.1, 1).train)).toEqual(titles(train));
    expect(titles(mixtureOf(2).split(0.1, 1).train)).not.toEqual(titles(train));
    // In order of the source, neighbours would follow each other.
    const followed = train.filter(
      ({ title }, i) => Number(train[i + 1]?.title) === Number(title) + 1,
    );
    expect(followed.length).toBeLessThan(10);
  });

  it("keeps the first tokens of that order when asked for fewer, exactly so many", () => {
    const whole = mixtureOf(1).split(0, 1).train;
    const part = mixtureOf(1, 5000).split(0, 1).train;
    expect(titles(part)).toEqual(titles(whole).slice(0, part.length));
    expect(part.reduce((sum, { tokens }) => sum + tokens.length, 0)).toBe(5000);
    // A fair sample: from the end of the source as well as from its start.
    const late = part.filter(({ title }) => Number(title) >= 1000).length;
    expect(late / part.length).toBeCloseTo(0.5, 1);
  });

  it("tokenises little more than it keeps, and never holds more than twice that", () => {
    const mixture = new Mixture(1, 1000);
    let tokenised = 0;
    for (const document of documents(5000)) {
      mixture.offer(document, (text) => {
        tokenised += text.length;
        return letters(text);
      });
      expect(mixture.tokens).toBeLessThanOrEqual(2000);
    }
    expect(tokenised).toBeLessThan(15_000); // of 115,000
  });

  it("holds out about the fraction asked for", () => {
    const { train, heldOut } = mixtureOf(3).split(0.2, 1);
    expect(heldOut.length / (heldOut.length + train.length)).toBeCloseTo(
      0.2,
      1,
    );
  });

  it("holds a text out of a larger sample if it did of a smaller one", () => {
    const large = mixtureOf(4).split(0.1, 1);
    const small = mixtureOf(4, 20_000).split(0.1, 1);
    const out = new Set(titles(large.heldOut));
    expect(small.heldOut.length).toBeGreaterThan(20);
    for (const title of titles(small.heldOut)) expect(out).toContain(title);
    for (const title of titles(small.train)) expect(out).not.toContain(title);
  });

  it("keeps equal texts on one side", () => {
    const mixture = new Mixture(5);
    for (let copy = 0; copy < 3; copy++) {
      for (const document of documents(100)) mixture.offer(document, letters);
    }
    const { train, heldOut } = mixture.split(0.3, 1);
    const trained = new Set(titles(train));
    expect(heldOut.length % 3).toBe(0);
    for (const title of titles(heldOut)) expect(trained).not.toContain(title);
  });

  it("holds out a document even of two, but none when none is asked for", () => {
    for (let seed = 0; seed < 20; seed++) {
      const two = mixtureOf(seed, undefined, 2).split(0.01, 1);
      expect([two.train.length, two.heldOut.length]).toEqual([1, 1]);
      const none = mixtureOf(seed, undefined, 2).split(0, 1);
      expect([none.train.length, none.heldOut.length]).toEqual([2, 0]);
    }
  });
});

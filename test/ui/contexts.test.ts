import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carriedParams } from "#app/_components/carried-params";
import { parseTarget } from "#app/_components/context-target";
import {
  contextLook,
  contextWindow,
  lookChange,
} from "#app/_components/context-view";
import { partsShown } from "#ui/feature-embed";
import {
  compareToFirings,
  shareBelow,
  valueAtShare,
} from "#app/_components/firing-share";
import { groupHeading } from "#app/_components/group-heading";
import { linearTicks } from "#app/_components/linear-axis";
import { matchCounts, matchViewFrom } from "#app/_components/match-view";

const params = (text: string) => new URLSearchParams(text);

describe("how contexts are drawn", () => {
  it("is in the URL, and nonsense there is the usual", () => {
    expect(contextLook(params(""))).toEqual({
      view: "snippet",
      before: 22,
      after: 10,
      breaks: false,
    });
    const look = contextLook(params("view=window&before=3&after=900&breaks=1"));
    expect(look).toMatchObject({ before: 3, after: 900, breaks: true });
    for (const text of [
      "view=window&before=-1&after=2.5",
      "view=window&before=x&after=99999",
    ]) {
      expect(contextLook(params(text))).toMatchObject({
        view: "window",
        before: 40,
        after: 20,
      });
    }
    // Sizes belong to the window; another view has its own.
    expect(contextLook(params("view=stack&before=3")).before).toBe(8);
    expect(lookChange({ view: "snippet" })).toEqual({
      view: null,
      before: null,
      after: null,
    });
    expect(lookChange({ before: 0, breaks: false })).toEqual({
      before: "0",
      breaks: null,
    });
  });

  it("never begins before the first token nor ends after the last", () => {
    expect(contextWindow({ before: 5, after: 5 }, 128, 3)).toEqual({
      from: 1,
      to: 9,
    });
    expect(contextWindow({ before: 0, after: 500 }, 128, 127)).toEqual({
      from: 127,
      to: 128,
    });
  });

  it("stays from feature to feature, unlike what belongs to one", () => {
    expect(
      carriedParams(params("view=whole&try=a%20b&above=1&upTo=2&scale=shared")),
    ).toBe("?view=whole&scale=shared&try=a+b");
    expect(carriedParams(params("above=1"))).toBe("");
  });

  it("links name a group, a sequence and a token, or nothing", () => {
    expect(parseTarget("#top-12-34")).toEqual({
      group: "top",
      sequence: 12,
      position: 34,
    });
    for (const hash of ["", "#main", "#top-12", "#try-3", "#top-x-1", "#t-5"]) {
      expect(parseTarget(hash)).toBeNull();
    }
  });

  it("an embedded feature shows the parts asked for, or all", () => {
    expect([...partsShown("contexts,nonsense,logits")]).toEqual([
      "logits",
      "contexts",
    ]);
    expect(partsShown(null).size).toBe(6);
    expect(partsShown("nonsense").size).toBe(6);
  });
});

describe("the share of firings below a value", () => {
  const histogram = fc.record({
    binWidth: fc.constantFrom(0.25, 1, 2),
    counts: fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }),
  });

  it("grows from 0 to 1, and its inverse gives it back", () => {
    fc.assert(
      fc.property(
        histogram,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (h, s) => {
          const total = h.counts.reduce((a, b) => a + b, 0);
          fc.pre(total > 0);
          expect(shareBelow(h, 0)).toBe(0);
          expect(shareBelow(h, h.binWidth * h.counts.length)).toBeCloseTo(1, 9);
          const value = valueAtShare(h, s);
          expect(shareBelow(h, value)).toBeCloseTo(s, 9);
        },
      ),
    );
  });

  it("is said in words", () => {
    const h = { binWidth: 1, counts: [50, 30, 20] };
    expect(compareToFirings(h, 2.8, 1)).toBe(
      "stronger than 50 % of its firings",
    );
    expect(compareToFirings(h, 2.8, 2.99)).toBe(
      "stronger than all in the corpus",
    );
    expect(compareToFirings(h, 2.8, 0)).toBe("does not fire");
  });

  it("gives each fifth its range and its share", () => {
    const feature = {
      histogram: { binWidth: 1, counts: [50, 30, 20] },
      firingCount: 100,
      tokens: 20_000,
    };
    const examples = new Array(5).fill({}) as never[];
    const group = (name: string) =>
      groupHeading({ name, min: 0, max: 0, examples }, feature);
    expect(group("q5")).toEqual({
      title: "Strongest fifth",
      explained:
        "activation about 2.00 – 3.00: 20 % of the 100 tokens it fires on, 0.1 % of all; 5 drawn at random",
    });
    expect(group("q1").explained).toContain("activation about 0 – 0.40");
    expect(group("top").explained).toContain(
      "5 strongest contexts with distinct",
    );
  });
});

describe("a linear axis", () => {
  it("has round ticks inside its ends", () => {
    expect(linearTicks(0, 1, 4)).toEqual([0, 0.5, 1]);
    expect(linearTicks(-0.4, 1.4, 6)).toEqual([0, 0.5, 1]);
    expect(linearTicks(0, 0, 4)).toEqual([0]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (least, span, count) => {
          const ticks = linearTicks(least, least + span, count);
          expect(ticks.length).toBeLessThanOrEqual(count + 1);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(least - 1e-6 * span);
            expect(tick).toBeLessThanOrEqual(least + span + 1e-6 * span);
          }
        },
      ),
    );
  });
});

describe("the view of a match", () => {
  it("is in the URL, and nonsense there is the usual", () => {
    expect(matchViewFrom(params("t=7&list=x&side=c&order=up"))).toEqual({
      side: "a",
      list: "matched",
      threshold: 0.7,
      order: "desc",
      state: "live",
    });
    expect(
      matchViewFrom(params("t=0.333&list=shared&side=b&order=asc&state=all")),
    ).toEqual({
      side: "b",
      list: "shared",
      threshold: 0.33,
      order: "asc",
      state: "all",
    });
  });

  it("counts every feature in one list", () => {
    const figures = {
      features: 10,
      meanCosine: 0.5,
      histogram: [],
      reaching: Array.from({ length: 101 }, (_, t) => (t <= 70 ? 6 : 0)),
      mutual: Array.from({ length: 101 }, (_, t) => (t <= 70 ? 4 : 0)),
    };
    expect(matchCounts(figures, 0.7)).toEqual({
      features: 10,
      matched: 4,
      shared: 2,
      unmatched: 4,
    });
    expect(matchCounts(figures, 0.71).unmatched).toBe(10);
  });
});

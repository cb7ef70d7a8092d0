import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { verdict, type Candidate } from "#lib/label-rules";

const label = (id: number, up = 0, down = 0, decided = false): Candidate => ({
  id,
  up,
  down,
  decided,
});

describe("what a feature is called", () => {
  it.each([
    ["nothing", [], 0, false, "unlabelled", null, null],
    ["one flag and no label", [], 1, false, "unlabelled", null, null],
    ["a label", [label(1)], 0, false, "proposed", null, 1],
    [
      "two labels: the newer",
      [label(1), label(2)],
      0,
      false,
      "proposed",
      null,
      2,
    ],
    ["one net vote", [label(1, 1)], 0, false, "proposed", null, 1],
    ["two net votes", [label(1, 2)], 0, false, "accepted", 1, 1],
    ["three against one", [label(1, 3, 1)], 0, false, "accepted", 1, 1],
    ["two against one", [label(1, 2, 1)], 0, false, "disputed", null, 1],
    ["all against", [label(1, 0, 2)], 0, false, "proposed", null, 1],
    ["a tie of two", [label(1, 2), label(2, 2)], 0, false, "disputed", null, 2],
    [
      "more than another",
      [label(1, 3), label(2, 2)],
      0,
      false,
      "accepted",
      1,
      1,
    ],
    [
      "two with support",
      [label(1, 1), label(2, 1)],
      0,
      false,
      "disputed",
      null,
      2,
    ],
    ["decided", [label(1, 0, 5, true), label(2, 9)], 3, true, "accepted", 1, 1],
    ["flagged by two", [label(1)], 2, false, "uninterpretable", null, 1],
    [
      "flagged by a maintainer",
      [label(1, 4)],
      1,
      true,
      "uninterpretable",
      null,
      1,
    ],
    ["flags beaten by votes", [label(1, 3)], 2, false, "accepted", 1, 1],
    ["votes and flags alike", [label(1, 2)], 2, false, "disputed", null, 1],
    ["a vote and a flag", [label(1, 1)], 1, false, "disputed", null, 1],
    ["a label and a flag", [label(1)], 1, false, "proposed", null, 1],
  ] as const)(
    "with %s",
    (_, labels, people, decided, state, accepted, shown) => {
      const flags = { people, decided };
      const result = { state, accepted, shown };
      expect(verdict(labels, flags)).toEqual(result);
      expect(verdict([...labels].reverse(), flags)).toEqual(result);
    },
  );

  it("is one label at most, and only with a majority or a decision", () => {
    const votes = fc.integer({ min: 0, max: 4 });
    const labels = fc
      .array(fc.tuple(votes, votes), { maxLength: 4 })
      .map((list) => list.map(([up, down], i) => label(i + 1, up, down)));
    fc.assert(
      fc.property(labels, votes, (list, people) => {
        const { accepted, state, shown } = verdict(list, {
          people,
          decided: false,
        });
        expect(accepted !== null).toBe(state === "accepted");
        expect(shown === null).toBe(list.length === 0);
        const net = (id: number) => list[id - 1]!.up - list[id - 1]!.down;
        if (accepted === null) return;
        expect(net(accepted)).toBeGreaterThanOrEqual(2);
        expect(net(accepted)).toBeGreaterThan(people);
        for (const { id } of list) {
          if (id !== accepted) expect(net(id)).toBeLessThan(net(accepted));
        }
      }),
    );
  });
});

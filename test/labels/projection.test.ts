import fc from "fast-check";
import { expect, test } from "vitest";
import { isSound, lastSeq, verifyLabels } from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { LabelDesk } from "#lib/labels/index";
import { temporaryFolder } from "#test/db/temporary";
import { step } from "./commands";
import { as, newDesk } from "./desk";

const folder = temporaryFolder();

/** Does it, or is refused in words. */
function attempt<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

test("whatever people do, the tables are what the events make of them", () => {
  let events = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(2), step), {
        minLength: 30,
        maxLength: 80,
        size: "max",
      }),
      (steps) => {
        const desk = newDesk(folder);
        const people = [
          desk,
          as(desk, "Bo"),
          as(desk, "Di", "maintainer"),
        ] as const;
        steps.forEach(([who, run], i) => {
          const by = { ...people[who]!, key: `step-${i}-of-this` };
          const first = attempt(() => run(by));
          const seq = lastSeq(desk.db.$client);
          // Sent again, it answers the same and does nothing.
          const again = attempt(() => run(by));
          expect(lastSeq(desk.db.$client)).toBe(seq);
          if (typeof first !== "string") expect(again).toEqual(first);
        });
        events += lastSeq(desk.db.$client);
        const check = verifyLabels(desk.db.$client.name);
        expect(check.tables.flatMap((table) => table.first)).toEqual([]);
        expect(isSound(check)).toBe(true);
      },
    ),
    { seed: 11, numRuns: 30 },
  );
  expect(events).toBeGreaterThan(500);
});

test("a refused change leaves nothing behind", () => {
  const desk: LabelDesk = as(newDesk(folder), "Vi", "viewer");
  fc.assert(
    fc.property(step, (run) => {
      attempt(() => run({ ...desk, actor: { ...desk.actor, scopes: [] } }));
      expect(lastSeq(desk.db.$client)).toBe(0);
    }),
    { seed: 3, numRuns: 100 },
  );
});

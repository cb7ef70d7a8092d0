import { execFile } from "node:child_process";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSound, labelsOfFeature, verifyLabels } from "#lib/db/index";
import { renewLeases, setQueue } from "#lib/labels/index";
import { inShare, QUEUE_START } from "#lib/queue-rules";
import { temporaryFolder } from "#test/db/temporary";
import { as, write } from "./desk";
import { newQueue, queueOf, take } from "./queue-desk";

const folder = temporaryFolder();
const execute = promisify(execFile);

test("whatever pages do, no two ever have the same feature in hand, and nobody is handed one twice", () => {
  const names = ["Ada", "Bo", "Cy"];
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          who: fc.nat(2),
          page: fc.nat(1),
          does: fc.constantFrom("take", "keep", "label", "leave", "wait"),
        }),
        { minLength: 40, maxLength: 120, size: "max" },
      ),
      (steps) => {
        let now = Date.UTC(2026, 0, 1);
        const fresh = newQueue(folder, 30);
        const clock = () => new Date(now);
        const desks = names.map((name) =>
          queueOf(fresh, { ...as(fresh.desk, name), now: clock }),
        );
        const { saeHash } = desks[0]!.reader.manifest;
        // Who has what, as of the last they heard.
        const hands = new Map<string, { until: number; features: number[] }>();
        const labelled = new Set<number>();
        for (const { who, page, does } of steps) {
          const desk = desks[who]!;
          const seat = `page-${page}-of-${names[who]!}`;
          const hand = hands.get(seat) ?? { until: 0, features: [] };
          hands.set(seat, hand);
          // What ran out was somebody else's to take.
          if (hand.until <= now) hand.features = [];
          const [first] = hand.features;
          if (does === "take" && hand.features.length < 2) {
            const feature = take(desk, { seat, holding: hand.features });
            if (feature !== undefined) {
              for (const [other, { until, features }] of hands) {
                if (other === seat || until <= now) continue;
                expect(features).not.toContain(feature);
              }
              expect(labelled.has(feature)).toBe(false);
              hand.features.push(feature);
            }
            hand.until = now + 60_000;
          } else if (does === "label" && first !== undefined) {
            write(desk, "x", { saeHash, feature: first });
            labelled.add(first);
            hand.features.shift();
          } else if (does === "keep") {
            renewLeases(desk, seat, hand.features);
            hand.until = now + 60_000;
          } else if (does === "leave") {
            renewLeases(desk, seat, []);
            hand.features = [];
          } else if (does === "wait") now += 25_000;
        }
      },
    ),
    { seed: 5, numRuns: 12 },
  );
});

test("three processes with two pages each hand every feature to one person, and those of the share to two", async () => {
  const files = newQueue(folder, 200);
  const di = queueOf(files, as(files.desk, "Di", "maintainer"));
  const people = ["Ada", "Bo", "Cy"];
  for (const name of people) as(files.desk, name);
  const { saeHash } = di.reader.manifest;
  const settings = { ...QUEUE_START, share: 0.2 };
  setQueue(di, saeHash, settings);
  const handed = await Promise.all(
    people.map(async (name) => {
      const { stdout } = await execute(process.execPath, [
        ...["--import", "tsx", "test/labels/queue-child.ts"],
        ...[files.index, files.labels, files.live, name.toLowerCase(), "2"],
      ]);
      return stdout.trim().split("\n").map(Number);
    }),
  );
  const { counts } = di.reader.usage;
  for (const list of handed) {
    // Nobody is handed a feature twice.
    expect(new Set(list).size).toBe(list.length);
  }
  const all = handed.flat();
  for (let feature = 0; feature < counts.length; feature++) {
    const times = all.filter((f) => f === feature).length;
    const authors = labelsOfFeature(di.db, saeHash, feature).map(
      ({ author }) => author,
    );
    const wanted =
      counts[feature] === 0 ? 0 : inShare(settings, saeHash, feature) ? 2 : 1;
    expect({ feature, times }).toEqual({ feature, times: wanted });
    expect(new Set(authors).size).toBe(wanted);
  }
  expect(isSound(verifyLabels(files.labels))).toBe(true);
});

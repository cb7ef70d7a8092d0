import { expect, test } from "vitest";
import {
  backupLabels,
  isSound,
  restoreLabels,
  verifyLabels,
} from "#lib/db/index";
import {
  addToList,
  assignFeatures,
  createList,
  deleteLabel,
  endAssignment,
  nextInQueue,
  queueProgress,
  renewLeases,
  setFlag,
  setQueue,
  skipFeature,
  unskipFeature,
  voteOnLabel,
} from "#lib/labels/index";
import { inShare, partOf, QUEUE_START } from "#lib/queue-rules";
import { temporaryFolder } from "#test/db/temporary";
import { as, write } from "./desk";
import { ASK, newQueue, queueOf, take, takeAll } from "./queue-desk";

const folder = temporaryFolder();

function team() {
  const files = newQueue(folder);
  const ada = queueOf(files, files.desk);
  const bo = queueOf(files, as(files.desk, "Bo"));
  const di = queueOf(files, as(files.desk, "Di", "maintainer"));
  const { saeHash } = ada.reader.manifest;
  const at = (feature: number) => ({ saeHash, feature });
  return { files, ada, bo, di, saeHash, at };
}

test("every live feature is handed out once, the most frequent first", () => {
  const { ada } = team();
  const { counts } = ada.reader.usage;
  const handed = takeAll(ada);
  expect(new Set(handed).size).toBe(handed.length);
  expect(handed.length).toBe(ada.reader.live);
  const frequencies = handed.map((feature) => counts[feature]!);
  expect(frequencies).toEqual(frequencies.toSorted((a, b) => b - a));
});

test("orders: importance, a seeded shuffle, neighbours of what was labelled, disagreement", () => {
  const { ada, bo, at } = team();
  const { counts, means } = ada.reader.usage;
  const important = takeAll(ada, { order: "importance" });
  const scores = important.map((f) => counts[f]! * means[f]! ** 2);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));

  const shuffled = takeAll(ada, { order: "random", seed: 3 });
  expect(takeAll(ada, { order: "random", seed: 3 })).toEqual(shuffled);
  expect(takeAll(ada, { order: "random", seed: 4 })).not.toEqual(shuffled);
  expect(shuffled.toSorted()).toEqual(important.toSorted());

  write(ada, "whales", at(7));
  const [nearest] = ada.reader
    .neighbours(7)
    .filter(({ feature }) => counts[feature]! > 0)
    .sort((a, b) => b.cosine - a.cosine);
  expect(take(ada, { order: "neighbours" })).toBe(nearest!.feature);

  // One labelled by two people, whom nobody else agrees with yet.
  write(bo, "ships", at(7));
  const cy = { ...ada, actor: { ...ada.actor, id: "cy" } };
  expect(take(cy, { order: "disagreement", show: "disputed" })).toBe(7);
  // Ada said already what she thinks.
  expect(take(ada, { order: "disagreement", show: "disputed" })).toBe(
    undefined,
  );
});

test("nobody is handed what another has in hand, until it is given back, answered or over", () => {
  const { ada, bo, at } = team();
  const first = take(ada)!;
  const second = take(bo)!;
  expect(second).not.toBe(first);
  // Another page of the same person is another seat.
  expect([first, second]).not.toContain(take(ada, { seat: "another-page" }));
  renewLeases(ada, "another-page", []);

  // Given back by going on without it.
  const third = take(ada)!;
  expect(third).toBe(first);
  write(ada, "whales", at(first));
  const fourth = take(ada)!;
  expect([first, second]).not.toContain(fourth);
  expect(take(bo, { holding: [second] })).not.toBe(first);

  // Left behind: over after a minute.
  const later = { ...bo, now: () => new Date(Date.UTC(2027, 0, 1)) };
  expect(take(later, { seat: "a-new-page" })).toBe(second);
});

test("a lease is renewed while the page is open and lost when another took it", () => {
  const { ada, bo } = team();
  let minute = 0;
  const clock = () => new Date(Date.UTC(2026, 5, 1, 12, 0, minute));
  const [a, b] = [
    { ...ada, now: clock },
    { ...bo, now: clock },
  ];
  const mine = take(a)!;
  minute += 50;
  expect(renewLeases(a, ASK.seat, [mine])).toMatchObject([{ feature: mine }]);
  minute += 50;
  expect(take(b, { seat: "page-of-bo" })).not.toBe(mine);
  minute += 61;
  expect(take(b, { seat: "page-of-bo" })).toBe(mine);
  expect(renewLeases(a, ASK.seat, [mine])).toEqual([]);
});

test("what one skipped, voted on or flagged does not come again; a skip can be taken back", () => {
  const { ada, bo, at } = team();
  const skipped = take(ada)!;
  skipFeature(ada, at(skipped), "unclear");
  const flagged = take(ada)!;
  expect(flagged).not.toBe(skipped);
  setFlag(ada, at(flagged), {
    flag: "polysemantic",
    duplicateOf: null,
    note: null,
  });
  expect([skipped, flagged]).not.toContain(take(ada));
  // They wait for somebody else.
  renewLeases(ada, ASK.seat, []);
  expect(takeAll(bo).slice(0, 2)).toEqual([skipped, flagged]);
  renewLeases(bo, ASK.seat, []);
  unskipFeature(ada, at(skipped));
  expect(take(ada)).toBe(skipped);

  const label = write(bo, "whales", at(20));
  expect(take(ada, { show: "proposed" })).toBe(20);
  voteOnLabel(ada, label.id, { value: 1, version: 1 });
  expect(take(ada, { show: "proposed" })).toBe(undefined);
  expect(take(bo, { show: "proposed" })).toBe(undefined);
});

test("an answer that is taken back makes the feature wait again", () => {
  const { ada, at } = team();
  const feature = take(ada)!;
  const { id } = write(ada, "whales", at(feature));
  expect(queueProgress(ada)).toMatchObject({ done: 1, mine: { answers: 1 } });
  deleteLabel(ada, id, { version: 1 });
  expect(take(ada)).toBe(feature);
  expect(queueProgress(ada)).toMatchObject({ done: 0, mine: { answers: 0 } });
  const flag = {
    flag: "uninterpretable",
    duplicateOf: null,
    note: null,
  } as const;
  setFlag(ada, at(feature), flag);
  setFlag(ada, at(feature), flag);
  expect(queueProgress(ada)).toMatchObject({ done: 1, mine: { answers: 1 } });
});

test("what was done after the backup that was restored is to be done again", async () => {
  const { files, ada, bo, at } = team();
  write(bo, "whales", at(20));
  const backups = `${files.labels}-backups`;
  const { file } = await backupLabels(files.labels, backups, ada.now());
  const { id } = write(bo, "ships", at(21));
  voteOnLabel(ada, id, { value: 1, version: 1 });
  expect(takeAll(ada, { show: "proposed" })).toEqual([20]);

  await restoreLabels(file, files.labels, backups, ada.now());
  // The numbers of the events that are gone are given to others.
  write(bo, "sea", at(21));
  setFlag(bo, at(21), { flag: "dead", duplicateOf: null, note: null });
  expect(takeAll(ada, { show: "proposed" }).toSorted()).toEqual([20, 21]);
});

test("on the share that several people label a second is asked, but nobody twice", () => {
  const { ada, bo, di, saeHash, at } = team();
  const settings = { ...QUEUE_START, share: 0.5 };
  setQueue(di, saeHash, settings);
  const all = takeAll(ada);
  renewLeases(ada, ASK.seat, []);
  for (const feature of all) write(ada, "whales", at(feature));
  expect(take(ada)).toBe(undefined);
  const again = takeAll(bo);
  expect(again.toSorted()).toEqual(
    all.filter((f) => inShare(settings, saeHash, f)).toSorted(),
  );
  expect(again.length).toBeGreaterThan(all.length / 4);
  expect(again.length).toBeLessThan((3 * all.length) / 4);
  const { done, live, missing } = queueProgress(bo);
  expect({ done, missing }).toEqual({
    done: live - again.length,
    missing: again.length,
  });
  // A larger share holds the smaller one.
  const larger = { ...settings, share: 0.6 };
  expect(again.every((f) => inShare(larger, saeHash, f))).toBe(true);
});

test("what is assigned comes first to that person and not at all to others", () => {
  const { ada, bo, di, saeHash } = team();
  const range = { person: "bo", kind: "range", from: 30, to: 33 } as const;
  const { id } = assignFeatures(di, saeHash, range);
  const list = createList(di, { name: "sea", description: "" });
  addToList(di, list.id, [{ saeHash, feature: 41, note: null }]);
  assignFeatures(di, saeHash, {
    person: "bo",
    kind: "list",
    from: list.id,
    to: 0,
  });
  const mine = takeAll(bo, { mine: true });
  expect(mine.toSorted()).toEqual([30, 31, 32, 33, 41]);
  expect(nextInQueue(bo, ASK)).toMatchObject({ assigned: true });
  renewLeases(bo, ASK.seat, []);
  const others = takeAll(ada);
  expect(others.filter((f) => mine.includes(f))).toEqual([]);
  renewLeases(ada, ASK.seat, []);
  endAssignment(di, id);
  expect(takeAll(ada)).toEqual(expect.arrayContaining([30, 31, 32, 33]));

  const parts = [0, 1, 2].map(
    (part) => others.filter((f) => partOf(saeHash, f, 3) === part).length,
  );
  expect(Math.min(...parts)).toBeGreaterThan(others.length / 6);
  expect(() => assignFeatures(ada, saeHash, range)).toThrow("You may not");
});

test("what the queue keeps is made of events and can be made again", () => {
  const { files, ada, bo, di, saeHash, at } = team();
  setQueue(di, saeHash, { ...QUEUE_START, share: 0.3, order: "random" });
  skipFeature(ada, at(3), "later");
  skipFeature(ada, at(3), "data");
  unskipFeature(ada, at(3));
  skipFeature(bo, at(4), "mixed");
  const { id } = assignFeatures(di, saeHash, {
    person: "ada",
    kind: "part",
    from: 1,
    to: 4,
  });
  endAssignment(di, id);
  const label = write(ada, "whales", at(5));
  deleteLabel(di, label.id, { version: 1 });
  setFlag(bo, at(5), {
    flag: "uninterpretable",
    duplicateOf: null,
    note: null,
  });
  const check = verifyLabels(files.labels);
  expect(check.tables.flatMap((table) => table.first)).toEqual([]);
  expect(isSound(check)).toBe(true);
});

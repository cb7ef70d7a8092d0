import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findLabel, isSound, lastSeq, verifyLabels } from "#lib/db/index";
import { checkImport } from "#lib/exchange/index";
import { temporaryFolder } from "#test/db/temporary";
import { SAE } from "#test/labels/desk";
import { emptyDatabase, exported, imported, known, talkedOver } from "./team";

const folder = temporaryFolder();

const label = (more: object = {}) => ({
  id: "label-one",
  saeHash: SAE,
  feature: 7,
  text: "whales",
  author: "Ada",
  ...more,
});
const lines = (...rows: unknown[]) =>
  rows
    .map((row) => (typeof row === "string" ? row : JSON.stringify(row)))
    .join("\n");

test("each bad row is told by its line; the good ones are written", async () => {
  const db = emptyDatabase(folder);
  const report = await imported(
    db,
    folder,
    lines(
      label(),
      '{"feature": 7, "text"',
      "[1, 2]",
      label({ id: "label-two", text: "" }),
      label({ id: "label-two", text: "x".repeat(513) }),
      label({ id: "label-two", text: "bell \u0007" }),
      label({ id: "label-two", feature: 100 }),
      label({ id: "label-two", feature: -1 }),
      label({ id: "label-two", feature: 1.5 }),
      label({ id: "label-two", feature: "7" }),
      label({ id: "label-two", saeHash: "b".repeat(64) }),
      label({ id: "no spaces, please" }),
      label({ id: "label-two", author: "Ada\u200b" }),
      label({ id: "label-two", createdAt: "yesterday" }),
      label({ id: "label-two", createdAt: "2099-01-01T00:00:00Z" }),
      label({ id: "label-two", type: "person" }),
      label({ id: "label-two", tags: "whale" }),
      { ...label(), id: "label-last", text: "<script>alert(1)</script>" },
    ),
  );
  expect(report).toMatchObject({ rows: 18, added: { label: 2 }, rejected: 16 });
  const told = report.rejections.map(({ line, reason }) => [line, reason]);
  expect(told.map(([line]) => line)).toEqual(
    Array.from({ length: 16 }, (_, i) => i + 2),
  );
  for (const [, reason] of told) expect(reason).toMatch(/^[A-Za-z].*\.$/);
  expect(told[0]![1]).toBe("The row is no well-formed JSON.");
  expect(told[5]![1]).toBe(
    "There is no feature 100; this SAE's features are 0 to 99.",
  );
  expect(findLabel(db, 2)).toMatchObject({ text: "<script>alert(1)</script>" });
  expect(isSound(verifyLabels(db.$client.name))).toBe(true);
});

test("votes that nobody could have cast are refused", async () => {
  const db = emptyDatabase(folder);
  const vote = (more: object) => ({
    ...{ type: "vote", saeHash: SAE, feature: 7, label: "label-one" },
    ...{ value: 1, author: "Bo", text: "whales", ...more },
  });
  const report = await imported(
    db,
    folder,
    lines(
      label(),
      vote({ id: "vote-own", author: "Ada" }),
      vote({ id: "vote-none", label: "label-none" }),
      vote({ id: "vote-place", feature: 8 }),
      vote({ id: "vote-text", text: "ships" }),
      vote({ id: "vote-big", value: 5 }),
      vote({ id: "vote-good" }),
      vote({ id: "vote-same" }),
      vote({ id: "vote-other", value: -1 }),
      // An id that belongs to something else.
      vote({ id: "label-one" }),
    ),
  );
  expect(report).toMatchObject({ added: { label: 1, vote: 1 }, already: 1 });
  expect(report.rejections.map(({ reason }) => reason)).toEqual([
    "Nobody votes on their own label.",
    "The label label-none that it belongs to is not here.",
    "The label label-one is of another feature.",
    "The label it is for says something else here.",
    "A vote is 1 or -1.",
    "This person voted the other way here.",
    "The id label-one belongs to something else here.",
  ]);
  expect(findLabel(db, 1)).toMatchObject({ up: 1, down: 0 });
});

test("an id used twice keeps what came first", async () => {
  const db = emptyDatabase(folder);
  await imported(db, folder, lines(label(), label({ text: "ships" })));
  expect(findLabel(db, 1)).toMatchObject({ text: "whales" });
  expect(findLabel(db, 2)).toBeUndefined();
});

test("who a rejected row names does not stay", async () => {
  const db = emptyDatabase(folder);
  const report = await imported(
    db,
    folder,
    lines(label({ author: "Ghost", feature: 100 }), {
      ...{ type: "vote", saeHash: SAE, feature: 7, label: "label-none" },
      ...{ value: 1, author: "Ghost" },
    }),
  );
  expect(report).toMatchObject({ rejected: 2, people: { fresh: [] } });
  const people = db.$client
    .prepare("SELECT count(*) FROM people WHERE name = 'Ghost'")
    .pluck();
  expect(people.get()).toBe(0);
});

test("a gzip file that is cut writes nothing", async () => {
  const db = emptyDatabase(folder);
  const text = lines(
    ...Array.from({ length: 3000 }, (_, i) =>
      label({ id: `label-${i}`, text: `text ${i} ${"y".repeat(i % 97)}` }),
    ),
  );
  const packed = gzipSync(text);
  await expect(
    imported(db, folder, packed.subarray(0, packed.length - 20)),
  ).rejects.toThrow("The gzip file is damaged or not whole.");
  expect(lastSeq(db.$client)).toBe(0);
});

test.each([
  ["", 0],
  ["\n\n", 0],
])("an empty file is no mistake", async (text, rows) => {
  const db = emptyDatabase(folder);
  await expect(imported(db, folder, text)).resolves.toMatchObject({ rows });
});

test("a table without the columns it takes is refused as a whole", async () => {
  const db = emptyDatabase(folder);
  await expect(imported(db, folder, "when,what\n1,2\n")).rejects.toThrow(
    'The first row must name the columns, at least "feature" and "text".',
  );
  await expect(
    imported(db, folder, Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0x0a])),
  ).rejects.toThrow("Row 1: The row is not in UTF-8.");
});

test("a plain table is enough, and is known again", async () => {
  const db = emptyDatabase(folder);
  const table =
    'Feature,Text,Tags,Colour\n7,"whales, mostly",sea; animals,blue\n8,\'=not a formula,,\n9,x,,,,\n';
  const sae = known;
  const report = await imported(db, folder, table, { sae });
  expect(report).toMatchObject({ added: { label: 2 }, rejected: 1 });
  expect(report.rejections[0]).toEqual({
    ...{ line: 4, type: null },
    reason: "The row has 6 cells, the first row 4.",
  });
  expect(findLabel(db, 1)).toMatchObject({
    ...{ text: "whales, mostly", tags: ["sea", "animals"], author: "mona" },
  });
  expect(findLabel(db, 2)).toMatchObject({ text: "=not a formula" });
  const again = await imported(db, folder, table, { sae });
  expect(again).toMatchObject({ added: {}, already: 2 });
});

test("rows that name no SAE need to be told which", async () => {
  const db = emptyDatabase(folder);
  const report = await imported(db, folder, "feature,text\n7,whales\n");
  expect(report.rejections[0]!.reason).toBe(
    "The row names no SAE; say which one it is for.",
  );
});

test("a check says what would happen, and nothing happens", async () => {
  const text = await exported(talkedOver(folder));
  const target = emptyDatabase(folder);
  const file = join(folder, "checked.jsonl");
  writeFileSync(file, `${text}{}\n`);
  const report = await checkImport(target.$client.name, file, {
    actor: { id: "mona", name: "Mona", role: "maintainer", scopes: null },
    now: () => new Date("2026-02-01T00:00:00Z"),
    findSae: () => known,
  });
  expect(report).toMatchObject({ checked: true, rejected: 1 });
  expect(report.added).toMatchObject({ label: 2, vote: 2 });
  expect(lastSeq(target.$client)).toBe(0);
});

test("labellers may not import", async () => {
  const db = emptyDatabase(folder);
  const actor = {
    id: "lars",
    name: "Lars",
    role: "labeller",
    scopes: null,
  } as const;
  await expect(imported(db, folder, lines(label()), { actor })).rejects.toThrow(
    "You may not import labels",
  );
});

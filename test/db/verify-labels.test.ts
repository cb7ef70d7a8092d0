import Database from "better-sqlite3";
import { beforeEach, expect, test } from "vitest";
import { isSound, labelDatabase, verifyLabels } from "#lib/db/index";
import {
  acceptLabel,
  createList,
  postComment,
  setFlag,
  voteOnLabel,
} from "#lib/labels/index";
import { as, AT_7, newDesk, write } from "#test/labels/desk";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
let file: string;

beforeEach(() => {
  const ada = newDesk(folder);
  const di = as(ada, "Di", "maintainer");
  file = ada.db.$client.name;
  const { id } = write(ada, "whales");
  write(ada, "ships");
  voteOnLabel(di, id, { value: 1, version: 1 });
  acceptLabel(di, id, { accepted: true, version: 1 });
  postComment(ada, AT_7, { text: "@Di look", label: id, parent: null });
  setFlag(ada, AT_7, { flag: "dead", duplicateOf: null, note: null });
  createList(ada, { name: "sea", description: "" });
});

const spoil = (sql: string) => {
  const db = new Database(file);
  db.exec(sql);
  db.close();
};

test.each([
  ["labels", "UPDATE labels SET text = 'forged' WHERE id = 1"],
  ["labels", "UPDATE labels SET up = 9"],
  ["labels", "DELETE FROM labels WHERE id = 2"],
  ["label_revisions", "UPDATE label_revisions SET text = 'forged'"],
  ["votes", "INSERT INTO votes VALUES (2, 'cy', 1, '2026')"],
  ["votes", "UPDATE votes SET value = -1"],
  ["feature_states", "UPDATE feature_states SET state = 'disputed'"],
  ["sae_counts", "DELETE FROM sae_counts"],
  ["comments", "UPDATE comments SET text = 'forged'"],
  ["mentions", "DELETE FROM mentions"],
  ["flags", "DELETE FROM flags"],
  ["lists", "UPDATE lists SET item_count = 4"],
  ["label_search", "DELETE FROM label_search WHERE rowid = 1"],
])("what was done to %s is found and repaired: %s", (table, sql) => {
  expect(isSound(verifyLabels(file))).toBe(true);
  spoil(sql);
  const found = verifyLabels(file);
  expect(isSound(found)).toBe(false);
  const wrong = found.tables.filter((t) => t.differences > 0);
  expect(wrong.map((t) => t.table)).toContain(table);
  expect(wrong[0]!.first.length).toBeGreaterThan(0);
  expect(verifyLabels(file, { repair: true }).repaired).toContain(table);
  const check = verifyLabels(file);
  expect(check.tables.flatMap((t) => t.first)).toEqual([]);
  expect(isSound(check)).toBe(true);
});

test("the first difference is told: what is there and what should be", () => {
  spoil("UPDATE labels SET text = 'forged' WHERE id = 1");
  const { first } = verifyLabels(file).tables.find(
    (t) => t.table === "labels",
  )!;
  expect(first).toMatchObject([
    {
      key: [1],
      found: { text: "forged" },
      expected: { text: "whales" },
    },
  ]);
});

test.each([
  ["changed", "UPDATE events SET payload = '{}' WHERE seq = 3", /Event 3 /],
  ["removed", "DELETE FROM events WHERE seq IN (3, 4)", /Events 3 to 4 /],
])(
  "an event that was %s behind the program's back is found",
  (_, sql, said) => {
    spoil(`DROP TRIGGER events_kept; DROP TRIGGER events_fixed; ${sql}`);
    const check = verifyLabels(file);
    expect(check.log[0]).toMatch(said);
    expect(isSound(check)).toBe(false);
    expect(() => verifyLabels(file, { repair: true })).toThrow(/backup/);
  },
);

test("people may write while it is checked and repaired", () => {
  spoil("DELETE FROM flags");
  const desk = as({ ...newDesk(folder), db: labelDatabase(file) }, "Bo");
  write(desk, "later");
  verifyLabels(file, { repair: true });
  write(desk, "later still");
  expect(isSound(verifyLabels(file))).toBe(true);
});

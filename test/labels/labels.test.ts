import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import {
  countLabelledFeatures,
  labelDatabase,
  labelsOfFeature,
  migrateLabels,
  recentLabels,
} from "#lib/db/index";
import {
  createLabel,
  deleteLabel,
  editLabel,
  labelHistory,
  restoreLabel,
  type LabelDesk,
} from "#lib/labels/index";
import { temporaryFolder } from "#test/db/temporary";

const folder = temporaryFolder();
const SAE = "a".repeat(64);
let desk: LabelDesk;
let files = 0;

beforeEach(() => {
  const file = join(folder, `labels-${files++}.sqlite`);
  migrateLabels(file);
  let minute = 0;
  desk = {
    db: labelDatabase(file),
    now: () => new Date(Date.UTC(2026, 0, 1, 12, minute++)),
  };
});

const create = (feature = 7, text = "whales") =>
  createLabel(desk, { saeHash: SAE, feature, text, author: "Ada" });
const events = () =>
  desk.db.$client
    .prepare("SELECT kind, author, label_id FROM events ORDER BY id")
    .raw()
    .all();
const found = (words: string) =>
  desk.db.$client
    .prepare("SELECT rowid FROM label_search WHERE label_search MATCH ?")
    .pluck()
    .all(words);

test("a label's whole life is kept", () => {
  const { id } = create();
  editLabel(desk, id, { text: "sperm whales", author: "Bo", version: 1 });
  deleteLabel(desk, id, { author: "Cy", version: 2 });
  restoreLabel(desk, id, { author: "Di", version: 3 });
  const { label, revisions } = labelHistory(desk, id);
  expect(label).toEqual({
    id,
    saeHash: SAE,
    feature: 7,
    text: "sperm whales",
    author: "Bo",
    createdAt: "2026-01-01T12:00:00.000Z",
    updatedAt: "2026-01-01T12:03:00.000Z",
    version: 4,
    deletedAt: null,
  });
  expect(revisions.map((r) => [r.version, r.kind, r.text, r.author])).toEqual([
    [1, "created", "whales", "Ada"],
    [2, "edited", "sperm whales", "Bo"],
    [3, "deleted", "sperm whales", "Cy"],
    [4, "restored", "sperm whales", "Di"],
  ]);
  expect(events()).toEqual([
    ["label.created", "Ada", id],
    ["label.edited", "Bo", id],
    ["label.deleted", "Cy", id],
    ["label.restored", "Di", id],
  ]);
});

test("a stale change is refused, shows the label as it stands, and changes nothing", () => {
  const { id } = create();
  editLabel(desk, id, { text: "dolphins", author: "Bo", version: 1 });
  const stale = { text: "seals", author: "Cy", version: 1 };
  for (const change of [editLabel, deleteLabel, restoreLabel]) {
    expect(() => change(desk, id, stale)).toThrow(
      expect.objectContaining({
        code: "conflict",
        details: expect.objectContaining({
          text: "dolphins",
          version: 2,
        }) as unknown,
      }),
    );
  }
  expect(labelHistory(desk, id).revisions).toHaveLength(2);
  expect(events()).toHaveLength(2);
});

test("a deleted label cannot be edited or deleted, a present one not restored", () => {
  const { id } = create();
  const by = { author: "Bo", text: "x" };
  expect(() => restoreLabel(desk, id, { ...by, version: 1 })).toThrow(
    /not deleted/,
  );
  deleteLabel(desk, id, { ...by, version: 1 });
  expect(() => editLabel(desk, id, { ...by, version: 2 })).toThrow(/restore/);
  expect(() => deleteLabel(desk, id, { ...by, version: 2 })).toThrow(/restore/);
});

test("lists and search hold what is not deleted", () => {
  const first = create(7, "whales");
  const second = create(7, "ships");
  create(9, "stars");
  createLabel(desk, { saeHash: "b", feature: 7, text: "moon", author: "Ada" });
  const texts = () => labelsOfFeature(desk.db, SAE, 7).map((l) => l.text);
  expect(texts()).toEqual(["ships", "whales"]);
  expect(countLabelledFeatures(desk.db, SAE)).toBe(2);
  deleteLabel(desk, second.id, { author: "Bo", version: 1 });
  expect(texts()).toEqual(["whales"]);
  expect(found("ships")).toEqual([]);
  editLabel(desk, first.id, { text: "orcas", author: "Bo", version: 1 });
  expect([found("whales"), found("orcas")]).toEqual([[], [first.id]]);
  expect(recentLabels(desk.db, SAE, 1).map((l) => l.text)).toEqual(["orcas"]);
  restoreLabel(desk, second.id, { author: "Bo", version: 2 });
  expect(found("ships")).toEqual([second.id]);
});

test("an unknown label is not found", () => {
  const edit = { text: "x", author: "y", version: 1 };
  for (const change of [editLabel, deleteLabel, restoreLabel]) {
    expect(() => change(desk, 404, edit)).toThrow(/no label 404/);
  }
  expect(() => labelHistory(desk, 404)).toThrow(/no label 404/);
});

test.each([
  "DELETE FROM labels",
  "DELETE FROM label_revisions",
  "UPDATE label_revisions SET text = 'forged'",
  "DELETE FROM events",
  "UPDATE events SET author = 'nobody'",
  "INSERT INTO label_revisions VALUES (999, 1, 'created', '', '', '')",
])("the database itself refuses: %s", (sql) => {
  create();
  expect(() => desk.db.$client.exec(sql)).toThrow(/kept|never|FOREIGN KEY/);
});

test("every commit is flushed to the disk before it is acknowledged", () => {
  const pragma = (name: string) =>
    desk.db.$client.pragma(name, { simple: true });
  expect(pragma("journal_mode")).toBe("wal");
  expect(pragma("synchronous")).toBe(2);
  expect(pragma("foreign_keys")).toBe(1);
  expect(pragma("busy_timeout")).toBe(5000);
});

import { beforeEach, expect, test } from "vitest";
import {
  countLabelledFeatures,
  eventsAfter,
  labelsOfFeature,
  recentLabels,
} from "#lib/db/index";
import {
  createLabel,
  deleteLabel,
  editLabel,
  labelHistory,
  restoreLabel,
  revertLabel,
  textDiff,
  type LabelDesk,
} from "#lib/labels/index";
import { temporaryFolder } from "#test/db/temporary";
import { as, AT_7, newDesk, SAE, said, write } from "./desk";

const folder = temporaryFolder();
let ada: LabelDesk;
let bo: LabelDesk;
/** A maintainer. */
let di: LabelDesk;

beforeEach(() => {
  ada = newDesk(folder);
  bo = as(ada, "Bo");
  di = as(ada, "Di", "maintainer");
});

const events = () => eventsAfter(ada.db.$client, 0, 100);
const found = (words: string) =>
  ada.db.$client
    .prepare("SELECT rowid FROM label_search WHERE label_search MATCH ?")
    .pluck()
    .all(words);

test("a label's whole life is kept", () => {
  const { id } = createLabel(ada, AT_7, {
    ...said("whales"),
    note: "in Moby Dick",
    confidence: "high",
    tags: ["sea"],
  });
  editLabel(di, id, { text: "sperm whales", version: 1 });
  deleteLabel(ada, id, { version: 2 });
  restoreLabel(di, id, { version: 3 });
  const { label, revisions } = labelHistory(ada, id);
  expect(label).toEqual({
    id,
    saeHash: SAE,
    feature: 7,
    text: "sperm whales",
    note: "in Moby Dick",
    confidence: "high",
    tags: ["sea"],
    author: "ada",
    editor: "di",
    createdAt: "2026-01-01T12:00:00.000Z",
    updatedAt: "2026-01-01T12:03:00.000Z",
    version: 4,
    textVersion: 2,
    deletedAt: null,
    up: 0,
    down: 0,
    acceptedBy: null,
  });
  expect(revisions.map((r) => [r.version, r.kind, r.text, r.author])).toEqual([
    [1, "created", "whales", "ada"],
    [2, "edited", "sperm whales", "di"],
    [3, "deleted", "sperm whales", "ada"],
    [4, "restored", "sperm whales", "di"],
  ]);
  expect(events().map((e) => [e.seq, e.kind, e.actor])).toEqual([
    [1, "label.created", "ada"],
    [2, "label.edited", "di"],
    [3, "label.deleted", "ada"],
    [4, "label.restored", "di"],
  ]);
});

test("an edit leaves what it does not name", () => {
  const { id } = createLabel(ada, AT_7, { ...said("whales"), note: "big" });
  editLabel(ada, id, { version: 1, tags: ["sea"] });
  expect(editLabel(ada, id, { version: 2, note: null })).toMatchObject({
    text: "whales",
    note: null,
    tags: ["sea"],
  });
});

test("an earlier version comes back as a new one", () => {
  const { id } = createLabel(ada, AT_7, { ...said("whales"), tags: ["sea"] });
  editLabel(ada, id, { text: "ships", tags: [], version: 1 });
  expect(revertLabel(ada, id, { version: 2, to: 1 })).toMatchObject({
    text: "whales",
    tags: ["sea"],
    version: 3,
  });
  expect(() => revertLabel(ada, id, { version: 3, to: 9 })).toThrow(
    /no version 9/,
  );
});

test("a stale change is refused, shows the label as it stands, and changes nothing", () => {
  const { id } = write(ada, "whales");
  editLabel(ada, id, { text: "dolphins", version: 1 });
  const stale = { text: "seals", version: 1, to: 1 };
  for (const change of [editLabel, deleteLabel, restoreLabel, revertLabel]) {
    expect(() => change(ada, id, stale)).toThrow(
      expect.objectContaining({
        code: "conflict",
        details: {
          label: expect.objectContaining({
            text: "dolphins",
            version: 2,
          }) as unknown,
        },
      }),
    );
  }
  expect(labelHistory(ada, id).revisions).toHaveLength(2);
  expect(events()).toHaveLength(2);
});

test("others' labels are changed by maintainers only", () => {
  const { id } = write(ada, "whales");
  const edit = { text: "seals", version: 1, to: 1 };
  for (const change of [editLabel, deleteLabel, restoreLabel, revertLabel]) {
    expect(() => change(bo, id, edit)).toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
  }
  expect(() => write(as(ada, "Vi", "viewer"), "x")).toThrow(/may not write/);
  expect(editLabel(di, id, edit)).toMatchObject({ editor: "di" });
});

test("a deleted label cannot be edited or deleted, a present one not restored", () => {
  const { id } = write(ada, "whales");
  expect(() => restoreLabel(ada, id, { version: 1 })).toThrow(/not deleted/);
  deleteLabel(ada, id, { version: 1 });
  expect(() => editLabel(ada, id, { text: "x", version: 2 })).toThrow(
    /restore/,
  );
  expect(() => deleteLabel(ada, id, { version: 2 })).toThrow(/restore/);
});

test("a change sent again with its key is done once", () => {
  const key = "key-00000001";
  const first = createLabel({ ...ada, key }, AT_7, said("whales"));
  const again = createLabel({ ...ada, key }, AT_7, said("whales"));
  expect(again).toEqual(first);
  const edit = { text: "ships", version: 1 };
  const twice = { ...ada, key: "key-00000002" };
  expect(editLabel(twice, first.id, edit)).toEqual(
    editLabel(twice, first.id, edit),
  );
  expect(events()).toHaveLength(2);
});

test.each([
  ["another text", (d: LabelDesk) => createLabel(d, AT_7, said("ships"))],
  ["another kind", (d: LabelDesk) => deleteLabel(d, 1, { version: 1 })],
  [
    "another person",
    (d: LabelDesk) => createLabel(as(d, "Bo"), AT_7, said("whales")),
  ],
])("a key is not good for %s", (_, change) => {
  const desk = { ...ada, key: "key-00000001" };
  createLabel(desk, AT_7, said("whales"));
  expect(() => change(desk)).toThrow(/belongs to another change/);
  expect(events()).toHaveLength(1);
});

test("lists and search hold what is not deleted", () => {
  const first = write(ada, "whales");
  const second = write(ada, "ships");
  write(ada, "stars", { saeHash: SAE, feature: 9 });
  write(ada, "moon", { saeHash: "b", feature: 7 });
  const texts = () => labelsOfFeature(ada.db, SAE, 7).map((l) => l.text);
  expect(texts()).toEqual(["ships", "whales"]);
  expect(countLabelledFeatures(ada.db, SAE)).toBe(2);
  deleteLabel(ada, second.id, { version: 1 });
  expect(texts()).toEqual(["whales"]);
  expect(found("ships")).toEqual([]);
  editLabel(ada, first.id, { text: "orcas", version: 1 });
  expect([found("whales"), found("orcas")]).toEqual([[], [first.id]]);
  expect(recentLabels(ada.db, SAE, 1).map((l) => l.text)).toEqual(["orcas"]);
  restoreLabel(ada, second.id, { version: 2 });
  expect(found("ships")).toEqual([second.id]);
});

test("an unknown label is not found", () => {
  const edit = { text: "x", version: 1, to: 1 };
  for (const change of [editLabel, deleteLabel, restoreLabel, revertLabel]) {
    expect(() => change(ada, 404, edit)).toThrow(/no label 404/);
  }
  expect(() => labelHistory(ada, 404)).toThrow(/no label 404/);
});

test.each([
  "DELETE FROM events",
  "UPDATE events SET actor = 'nobody'",
  "UPDATE events SET chain = x'00'",
])("the database itself refuses: %s", (sql) => {
  write(ada, "whales");
  expect(() => ada.db.$client.exec(sql)).toThrow(/kept|never/);
});

test("every commit is flushed to the disk before it is acknowledged", () => {
  const pragma = (name: string) =>
    ada.db.$client.pragma(name, { simple: true });
  expect(pragma("journal_mode")).toBe("wal");
  expect(pragma("synchronous")).toBe(2);
  expect(pragma("foreign_keys")).toBe(1);
  expect(pragma("busy_timeout")).toBe(5000);
});

test("a difference is told word by word", () => {
  expect(textDiff("big sperm whales", "big blue whales")).toEqual([
    { text: "big ", change: "same" },
    { text: "sperm", change: "removed" },
    { text: "blue", change: "added" },
    { text: " whales", change: "same" },
  ]);
});

import Database from "better-sqlite3";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import {
  addPlaceholder,
  eventsAfter,
  findLabel,
  isSound,
  labelRevisionsOf,
  labelsOfFeature,
  migrateLabels,
  namesOf,
  openLabelDatabase,
  verifyLabels,
} from "#lib/db/index";
import { addLabel } from "./add-label";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();

test("the committed migrations make exactly the declared schema", () => {
  // drizzle-kit would write another migration if they did not.
  const out = join(folder, "migrations");
  cpSync("lib/db/migrations", out, { recursive: true });
  const said = execFileSync(
    process.execPath,
    [
      "node_modules/drizzle-kit/bin.cjs",
      "generate",
      "--dialect=sqlite",
      "--schema=./lib/db/label-schema.ts",
      // An absolute path would be taken as one below the working directory.
      `--out=${relative(".", out)}`,
    ],
    { encoding: "utf8" },
  );
  // It exits with 0 even when it fails.
  expect(said).toContain("No schema changes");
  const journal = "meta/_journal.json";
  expect(readFileSync(join(out, journal), "utf8")).toBe(
    readFileSync(join("lib/db/migrations", journal), "utf8"),
  );
});

test("migrating again changes nothing and keeps the labels", () => {
  const file = join(folder, "labels.sqlite");
  expect(migrateLabels(file)).toBeGreaterThan(0);
  const db = openLabelDatabase(file);
  const label = { saeHash: "a", feature: 3, text: "whales" };
  addLabel(db, label);
  db.$client.close();
  expect(migrateLabels(file)).toBe(0);
  const again = openLabelDatabase(file);
  expect(labelsOfFeature(again, "a", 3)).toMatchObject([label]);
  again.$client.close();
});

test("a database stopped before its first migration is migrated", () => {
  const file = join(folder, "empty.sqlite");
  new Database(file).close();
  expect(migrateLabels(file)).toBeGreaterThan(0);
});

/** A label database as Monolex 0.1 left it: the first two migrations. */
function firstVersion(file: string): Database.Database {
  const old = new Database(file);
  const journal = JSON.parse(
    readFileSync("lib/db/migrations/meta/_journal.json", "utf8"),
  ) as { entries: { tag: string; when: number }[] };
  old.exec(
    "CREATE TABLE __drizzle_migrations (id INTEGER PRIMARY KEY, hash text NOT NULL, created_at numeric)",
  );
  for (const { tag, when } of journal.entries.slice(0, 2)) {
    old.exec(readFileSync(`lib/db/migrations/${tag}.sql`, "utf8"));
    old
      .prepare(
        "INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)",
      )
      .run(tag, when);
  }
  return old;
}

test("whoever wrote before there were accounts becomes a person, once", () => {
  const file = join(folder, "old.sqlite");
  const old = firstVersion(file);
  old.exec(`
    INSERT INTO labels VALUES (1, 'a', 3, 'whales', 'Bo', '2026-01-01', '2026-01-02', 2, NULL);
    INSERT INTO label_revisions VALUES (1, 1, 'created', 'whale', 'Ada', '2026-01-01');
    INSERT INTO label_revisions VALUES (1, 2, 'edited', 'whales', 'Bo', '2026-01-02');
    INSERT INTO events VALUES (1, '2026-01-01', 'label.created', 'Ada', 'a', 3, 1);
    INSERT INTO events VALUES (2, '2026-01-02', 'label.edited', 'Bo', 'a', 3, 1);
  `);
  old.close();
  migrateLabels(file);
  const db = openLabelDatabase(file);
  const people = db.$client
    .prepare(
      "SELECT name, name_key, role, created_at, placeholder_at FROM people ORDER BY name",
    )
    .raw()
    .all();
  expect(people).toEqual([
    ["Ada", "placeholder:Ada", "labeller", "2026-01-01", "2026-01-01"],
    ["Bo", "placeholder:Bo", "labeller", "2026-01-02", "2026-01-02"],
  ]);
  const ada = addPlaceholder(db, "Ada", "2026-02-01");
  expect(ada).toMatchObject({ createdAt: "2026-01-01", disabledAt: null });
  expect(ada.id).toMatch(/^[0-9a-f]{16}$/);
  db.$client.close();
});

test("labels of before there were events keep their history, order and authors", () => {
  const file = join(folder, "old-labels.sqlite");
  const old = firstVersion(file);
  old.exec(`
    INSERT INTO labels VALUES
      (1, 'a', 3, 'whales "x"', 'Bo', '2026-01-01', '2026-01-03', 2, NULL),
      (2, 'a', 3, 'naïve ships', 'Ada', '2026-01-02', '2026-01-05', 3, NULL),
      (5, 'b', 9, 'gone', 'Ada', '2026-01-04', '2026-01-06', 2, '2026-01-06');
    INSERT INTO label_revisions VALUES
      (1, 1, 'created', 'whale', 'Ada', '2026-01-01'),
      (1, 2, 'edited', 'whales "x"', 'Bo', '2026-01-03'),
      (2, 1, 'created', 'naïve ships', 'Ada', '2026-01-02'),
      (2, 2, 'deleted', 'naïve ships', 'Cy', '2026-01-04'),
      (2, 3, 'restored', 'naïve ships', 'Cy', '2026-01-05'),
      (5, 1, 'created', 'gone', 'Ada', '2026-01-04'),
      (5, 2, 'deleted', 'gone', 'Ada', '2026-01-06');
    INSERT INTO events VALUES
      (1, '2026-01-01', 'label.created', 'Ada', 'a', 3, 1),
      (2, '2026-01-02', 'label.created', 'Ada', 'a', 3, 2),
      (4, '2026-01-03', 'label.edited', 'Bo', 'a', 3, 1),
      (5, '2026-01-04', 'label.deleted', 'Cy', 'a', 3, 2),
      (6, '2026-01-04', 'label.created', 'Ada', 'b', 9, 5),
      (7, '2026-01-05', 'label.restored', 'Cy', 'a', 3, 2),
      (8, '2026-01-06', 'label.deleted', 'Ada', 'b', 9, 5);
  `);
  old.close();
  migrateLabels(file);
  const db = openLabelDatabase(file);
  const names = namesOf(
    db,
    eventsAfter(db.$client, 0, 10).map((e) => e.actor),
  );
  const history = (id: number) =>
    labelRevisionsOf(db, id).map(
      (r) => `${r.at} ${r.kind} ${r.text} ${names.get(r.author)}`,
    );
  expect(history(1)).toEqual([
    "2026-01-01 created whale Ada",
    '2026-01-03 edited whales "x" Bo',
  ]);
  expect(history(2)).toEqual([
    "2026-01-02 created naïve ships Ada",
    "2026-01-04 deleted naïve ships Cy",
    "2026-01-05 restored naïve ships Cy",
  ]);
  expect(history(5)).toHaveLength(2);
  expect(findLabel(db, 1)).toMatchObject({
    text: 'whales "x"',
    createdAt: "2026-01-01",
    updatedAt: "2026-01-03",
    version: 2,
    deletedAt: null,
  });
  expect(findLabel(db, 5)).toMatchObject({ deletedAt: "2026-01-06" });
  expect(labelsOfFeature(db, "a", 3).map((l) => l.id)).toEqual([2, 1]);
  const kinds = eventsAfter(db.$client, 0, 10).map((e) => [e.seq, e.kind]);
  expect(kinds.map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(kinds[3]).toEqual([4, "label.deleted"]);
  const found = db.$client
    .prepare("SELECT rowid FROM label_search WHERE label_search MATCH 'naive'")
    .pluck()
    .all();
  expect(found).toEqual([2]);
  db.$client.close();
  expect(isSound(verifyLabels(file))).toBe(true);
});

test("a migration that was cut off before the tables were filled is finished", () => {
  const file = join(folder, "cut-off.sqlite");
  migrateLabels(file);
  const db = openLabelDatabase(file);
  addLabel(db, { saeHash: "a", feature: 3, text: "whales" });
  db.$client.exec("DELETE FROM projection; DELETE FROM labels");
  db.$client.close();
  expect(() => openLabelDatabase(file)).toThrow(/npm run migrate/);
  migrateLabels(file);
  const again = openLabelDatabase(file);
  expect(labelsOfFeature(again, "a", 3)).toMatchObject([{ text: "whales" }]);
  again.$client.close();
});

import Database from "better-sqlite3";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import {
  addPlaceholder,
  insertLabel,
  labelsOfFeature,
  migrateLabels,
  openLabelDatabase,
} from "#lib/db/index";
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
  const label = { saeHash: "a", feature: 3, text: "whales", author: "Ada" };
  insertLabel(db, label, "2026-01-01T00:00:00.000Z");
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

test("whoever wrote before there were accounts becomes a person, once", () => {
  const file = join(folder, "old.sqlite");
  const old = new Database(file);
  // As Monolex 0.1 left it: the first two migrations.
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

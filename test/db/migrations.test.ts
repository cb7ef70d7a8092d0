import Database from "better-sqlite3";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import {
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

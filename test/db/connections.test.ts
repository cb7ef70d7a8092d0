import Database from "better-sqlite3";
import { copyFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  indexReader,
  labelDatabase,
  migrateLabels,
  openIndexDatabase,
} from "#lib/db/index";
import { buildFixtureIndex } from "./fixture";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const labelFile = at("labels.sqlite");
beforeAll(() => {
  migrateLabels(labelFile);
});

test("a reader sees one index or the next, never a mixture", () => {
  const file = at("live.sqlite");
  buildFixtureIndex(file, { dSae: 30, sequences: 10, seed: 1 });
  const first = indexReader(file, labelFile);
  const { connection } = openIndexDatabase(file);
  const count = connection.prepare("SELECT count(*) FROM features").pluck();

  buildFixtureIndex(file, { dSae: 40, sequences: 10, seed: 2 });
  // Who has the old file open still reads the old file.
  expect(count.get()).toBe(30);
  expect(first.rows([35]).size).toBe(0);
  expect(connection.pragma("quick_check", { simple: true })).toBe("ok");
  connection.close();

  const second = indexReader(file, labelFile);
  expect(second).not.toBe(first);
  expect(second.rows([35]).size).toBe(1);
  expect(second.manifest.dSae).toBe(40);
});

test("an index is opened once while nothing changes", () => {
  const file = at("once.sqlite");
  buildFixtureIndex(file, { dSae: 5, sequences: 5 });
  expect(indexReader(file, labelFile)).toBe(indexReader(file, labelFile));
  expect(labelDatabase(labelFile)).toBe(labelDatabase(labelFile));
});

/** A sound index or label database, with something done to it. */
function spoilt(name: string, spoil: (file: string) => void) {
  const file = at(name);
  buildFixtureIndex(file, { dSae: 5, sequences: 5 });
  spoil(file);
  return file;
}

const pragma = (text: string) => (file: string) => {
  const db = new Database(file);
  db.pragma(text);
  db.close();
};

test.each([
  ["is of a newer schema", pragma("user_version = 99"), /newer Monolex/],
  ["is of an older schema", pragma("user_version = 0"), /older Monolex/],
  ["is another database", pragma("application_id = 1"), /not a feature index/],
  [
    "is a text",
    (f: string) => writeFileSync(f, "hello ".repeat(1000)),
    /damaged/,
  ],
  ["is empty", (f: string) => writeFileSync(f, ""), /not a feature index/],
  ["was cut off", (f: string) => truncateSync(f, 5000), /damaged/],
])("an index that %s is answered with one sentence", (name, spoil, message) => {
  const file = spoilt(`${name}.sqlite`, spoil);
  expect(() => indexReader(file, labelFile)).toThrow(
    expect.objectContaining({
      code: "unavailable",
      message: expect.stringMatching(message) as string,
    }),
  );
});

test("a missing index is not found", () => {
  expect(() => indexReader(at("none.sqlite"), labelFile)).toThrow(
    expect.objectContaining({ code: "not_found" }),
  );
});

test.each([
  ["is missing", at("nowhere.sqlite"), /npm run migrate/],
  ["is a text", at("text.sqlite"), /damaged/],
])(
  "a label database that %s is answered with one sentence",
  (_, file, message) => {
    writeFileSync(at("text.sqlite"), "hello ".repeat(1000));
    expect(() => labelDatabase(file)).toThrow(
      expect.objectContaining({
        code: "unavailable",
        message: expect.stringMatching(message) as string,
      }),
    );
  },
);

test("a label database of a newer version is neither opened nor migrated", () => {
  const file = at("newer.sqlite");
  migrateLabels(file);
  const db = new Database(file);
  db.exec(
    "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9e15)",
  );
  db.close();
  for (const open of [labelDatabase, migrateLabels]) {
    expect(() => open(file)).toThrow(/newer Monolex/);
  }
});

test("a label database of an older version asks for the migration", () => {
  const file = at("older.sqlite");
  migrateLabels(file);
  const copy = at("older-copy.sqlite");
  copyFileSync(file, copy);
  const db = new Database(copy);
  db.exec("DELETE FROM __drizzle_migrations");
  db.close();
  expect(() => labelDatabase(copy)).toThrow(/npm run migrate/);
});

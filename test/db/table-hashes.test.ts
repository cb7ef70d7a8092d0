import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { tableContents } from "#lib/db/table-hashes";

function database(...rows: [number, string | null, Buffer][]) {
  const db = new Database(":memory:");
  db.exec(`CREATE TABLE manifest (json TEXT);
    CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, bytes BLOB);
    CREATE INDEX things_name ON things (name)`);
  const insert = db.prepare("INSERT INTO things VALUES (?, ?, ?)");
  for (const row of rows) insert.run(row);
  return db;
}
const hashOf = (...rows: Parameters<typeof database>) =>
  tableContents(database(...rows))["things"]!.sha256;
const bytes = (...values: number[]) => Buffer.from(values);

test("every table but the manifest is counted and hashed", () => {
  const contents = tableContents(
    database([1, "a", bytes(1)], [2, null, bytes()]),
  );
  expect(Object.keys(contents)).toEqual(["things"]);
  expect(contents["things"]!.rows).toBe(2);
  expect(contents["things"]!.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("the hash is that of the values, in whatever order they were written", () => {
  const [a, b] = [
    [1, "a", bytes(1, 2)],
    [2, "b", bytes()],
  ] as [[number, string, Buffer], [number, string, Buffer]];
  expect(hashOf(a, b)).toBe(hashOf(b, a));
  const big = Buffer.alloc(200_000, 7);
  expect(hashOf([1, "a", big])).toBe(hashOf([1, "a", Buffer.from(big)]));
});

test("one bit, a shifted border or another kind of value is another hash", () => {
  const all = [
    hashOf([1, "a", bytes(1, 2)]),
    hashOf([1, "a", bytes(1, 3)]),
    hashOf([1, "a\u0001", bytes(2)]),
    hashOf([1, null, bytes(1, 2)]),
    hashOf([1, "", bytes(1, 2)]),
    hashOf([2, "a", bytes(1, 2)]),
    hashOf(),
  ];
  expect(new Set(all).size).toBe(all.length);
});

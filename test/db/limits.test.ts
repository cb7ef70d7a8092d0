import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LimitDatabase } from "#lib/db/limit-database";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const LIMIT = { burst: 3, everyMs: 1000 };
const NOW = 1e12;

test("so many at once, then one after another, each key by itself", () => {
  const db = new LimitDatabase(join(folder, "limits.sqlite"));
  const take = (ms: number, key = "a") => db.take(key, LIMIT, NOW + ms);
  expect([take(0), take(0), take(0)]).toEqual([0, 0, 0]);
  expect(take(0)).toBe(1000);
  expect(take(999)).toBe(1);
  expect(take(1000)).toBe(0);
  expect(take(1000)).toBe(1000);
  expect(take(1000, "b")).toBe(0);
  // After a while all are there again, and no more than all.
  expect([take(9e6), take(9e6), take(9e6), take(9e6)]).toEqual([0, 0, 0, 1000]);
  db.close();
});

test("tries are given back, one or all", () => {
  const db = new LimitDatabase(join(folder, "back.sqlite"));
  const take = () => db.take("a", LIMIT, NOW);
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1000]);
  db.giveBack("a", LIMIT);
  expect([take(), take()]).toEqual([0, 1000]);
  db.clear("a");
  expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 1000]);
  db.giveBack("never taken", LIMIT);
  db.close();
});

test("two processes count together, and a restart forgets nothing", () => {
  const file = join(folder, "shared.sqlite");
  const [one, two] = [new LimitDatabase(file), new LimitDatabase(file)];
  const now = Date.now();
  expect(one.take("a", LIMIT, now)).toBe(0);
  expect(two.take("a", LIMIT, now)).toBe(0);
  expect(one.take("a", LIMIT, now)).toBe(0);
  one.close();
  two.close();
  const again = new LimitDatabase(file);
  expect(again.take("a", LIMIT, now)).toBe(1000);
  again.close();
});

test("a damaged file is made anew", () => {
  const file = join(folder, "damaged.sqlite");
  writeFileSync(
    file,
    "no database at all, but long enough to be one".repeat(9),
  );
  const db = new LimitDatabase(file);
  expect(db.take("a", LIMIT, NOW)).toBe(0);
  db.close();
  expect(readdirSync(folder)).toContain("damaged.sqlite");
});

import Database from "better-sqlite3";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import {
  backupLabels,
  closeConnections,
  isSound,
  labelDatabase,
  labelsOfFeature,
  listBackups,
  pruneBackups,
  restoreLabels,
  verifyLabels,
} from "#lib/db/index";
import { newDesk, SAE, write } from "#test/labels/desk";
import { temporaryFolder } from "./temporary";

const root = temporaryFolder();
let file: string;
let backups: string;
let desk: ReturnType<typeof newDesk>;

beforeEach(() => {
  desk = newDesk(root);
  file = desk.db.$client.name;
  backups = mkdtempSync(join(root, "backups-"));
  write(desk, "first");
  write(desk, "second");
});

const day = (number: number) => new Date(Date.UTC(2026, 0, number, 3, 4, 5));
const texts = () =>
  labelsOfFeature(labelDatabase(file), SAE, 7).map((l) => l.text);

test("everything up to the backup comes back after the database is gone", async () => {
  const backup = await backupLabels(file, backups, day(1));
  expect(backup).toMatchObject({
    file: join(backups, "labels-2026-01-01T03-04-05Z.sqlite"),
    events: 2,
  });
  write(desk, "after the backup");
  closeConnections();
  rmSync(file);
  const restored = await restoreLabels(backup.file, file, backups, day(2));
  expect(restored).toEqual({ events: 2, saved: null });
  expect(texts()).toEqual(["second", "first"]);
  expect(isSound(verifyLabels(file))).toBe(true);
});

test("a log left behind by the lost database does not get into the restored one", async () => {
  const { file: backup } = await backupLabels(file, backups, day(1));
  write(desk, "only in the log");
  // As after a crash: the log is still there, the database is not.
  expect(existsSync(`${file}-wal`)).toBe(true);
  rmSync(file);
  await restoreLabels(backup, file, backups, day(2));
  expect(texts()).toEqual(["second", "first"]);
});

test("what is there before is saved, and those who have it open see the restored", async () => {
  const { file: backup } = await backupLabels(file, backups, day(1));
  write(desk, "newer");
  const open = new Database(file, { readonly: true });
  const { saved } = await restoreLabels(backup, file, backups, day(2));
  expect(open.prepare("SELECT count(*) FROM labels").pluck().get()).toBe(2);
  open.close();
  expect(texts()).toEqual(["second", "first"]);
  // It is no scheduled backup, so none of those is pruned for it.
  expect(listBackups(backups)).toEqual([backup]);
  await restoreLabels(saved!, file, backups, day(3));
  expect(texts()).toEqual(["newer", "second", "first"]);
});

test("whoever was logged in then logs in again, and only the owner reads the files", async () => {
  const sessions = () =>
    labelDatabase(file)
      .$client.prepare("SELECT token FROM sessions")
      .pluck()
      .all();
  desk.db.$client.exec(
    "INSERT INTO sessions VALUES ('s', 'ada', 'token', '2026', '2026', '2027', NULL, NULL)",
  );
  const { file: backup } = await backupLabels(file, backups, day(1));
  expect(sessions()).toEqual(["token"]);
  await restoreLabels(backup, file, backups, day(2));
  expect(sessions()).toEqual([]);
  for (const each of [file, backup]) {
    expect(statSync(each).mode & 0o777, each).toBe(0o600);
  }
});

test("a damaged database is moved out of the way", async () => {
  const { file: backup } = await backupLabels(file, backups, day(1));
  closeConnections();
  writeFileSync(file, "hello ".repeat(1000));
  const { saved } = await restoreLabels(backup, file, backups, day(2));
  expect(saved).toMatch(/damaged-2026-01-02/);
  expect(texts()).toEqual(["second", "first"]);
});

test.each([
  ["is missing", () => undefined, /There is no file/],
  ["is a text", (f: string) => writeFileSync(f, "x".repeat(9999)), /damaged/],
  [
    "is another database",
    (f: string) => new Database(f).exec("CREATE TABLE t (a)").close(),
    /no label database/,
  ],
])(
  "a backup that %s is refused and changes nothing",
  async (name, make, said) => {
    const backup = join(backups, `${name}.sqlite`);
    make(backup);
    await expect(restoreLabels(backup, file, backups, day(2))).rejects.toThrow(
      said,
    );
    expect(texts()).toEqual(["second", "first"]);
  },
);

test("a backup is one sound file while people write, and nothing is left of it besides", async () => {
  let writing = true;
  const writer = (async () => {
    for (let i = 0; writing; i++) {
      write(desk, `text ${i}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  const backup = await backupLabels(file, backups, day(1));
  writing = false;
  await writer;
  expect(readdirSync(backups)).toHaveLength(1);
  expect(isSound(verifyLabels(backup.file))).toBe(true);
});

test("the newest backups are kept", async () => {
  for (const number of [1, 2, 3, 4]) {
    await backupLabels(file, backups, day(number));
  }
  writeFileSync(join(backups, "mine.sqlite"), "");
  expect(pruneBackups(backups, 2)).toHaveLength(2);
  expect(readdirSync(backups).sort()).toEqual([
    "labels-2026-01-03T03-04-05Z.sqlite",
    "labels-2026-01-04T03-04-05Z.sqlite",
    "mine.sqlite",
  ]);
});

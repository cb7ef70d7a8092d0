import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import {
  findLabel,
  isSound,
  labelRevisionsOf,
  migrateLabels,
  openLabelDatabase,
  verifyLabels,
} from "#lib/db/index";
import { temporaryFolder } from "#test/db/temporary";

const folder = temporaryFolder();

/** Starts a writer, kills it with -9 after `lines` lines; what it had said. */
async function writeAndKill(file: string, name: string, lines: number) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "test/labels/write-child.ts", file, name],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const said: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    said.push(line);
    if (said.length === lines) child.kill("SIGKILL");
  });
  await Promise.all([once(child, "exit"), once(reader, "close")]);
  return said;
}

test("kill -9 while two processes write loses nothing that was acknowledged", async () => {
  const file = join(folder, "labels.sqlite");
  migrateLabels(file);
  const said = (
    await Promise.all([
      writeAndKill(file, "ada", 61),
      writeAndKill(file, "bo", 100),
    ])
  ).flat();
  expect(said.length).toBeGreaterThanOrEqual(161);

  const db = openLabelDatabase(file);
  expect(db.$client.pragma("integrity_check", { simple: true })).toBe("ok");
  for (const line of said) {
    const [id, version, text] = line.split(" ");
    const revisions = labelRevisionsOf(db, Number(id));
    expect(revisions[Number(version) - 1]).toMatchObject({ text });
    // Label, revisions and search changed together or not at all.
    const label = findLabel(db, Number(id))!;
    expect(revisions.at(-1)).toMatchObject({
      version: label.version,
      text: label.text,
    });
  }
  const count = (table: string) =>
    db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(count("label_search")).toBe(count("labels"));
  expect(count("events")).toBe(count("label_revisions"));
  db.$client.close();
  expect(isSound(verifyLabels(file))).toBe(true);
});

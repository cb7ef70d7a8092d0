import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import {
  backupLabels,
  featureState,
  indexReader,
  labelDatabase,
  restoreLabels,
  type IndexReader,
} from "#lib/db/index";
import { deleteLabel, setFlag } from "#lib/labels/index";
import { as, deskAt, write } from "#test/labels/desk";
import { newQueue, queueOf } from "#test/labels/queue-desk";
import { buildFixtureIndex } from "./fixture";
import { ask, numbers } from "./search/queries";
import { temporaryFolder } from "./temporary";

const folder = temporaryFolder();
const execute = promisify(execFile);

/** Everything that is held in memory, for each feature. */
function held({ states, manifest }: IndexReader) {
  return Array.from({ length: manifest.dSae }, (_, feature) => ({
    ...states.at(feature),
    authors: states.authors(feature),
    seq: states.seq(feature),
  }));
}

/** The same as it is stored. */
function stored({ manifest }: IndexReader, labels: string) {
  const db = labelDatabase(labels);
  return Array.from({ length: manifest.dSae }, (_, feature) => {
    const row = featureState(db, manifest.saeHash, feature);
    const { state, answers, labelAuthors, lastSeq } = row;
    return { state, answers, authors: labelAuthors, seq: lastSeq };
  });
}

const search = (reader: IndexReader, q: string) =>
  numbers(ask(reader, `${q} is:any sort:index`)).toSorted((a, b) => a - b);

test("what was written is known at once, to the search and the queue alike", () => {
  const files = newQueue(folder);
  const { reader, ...ada } = queueOf(files, files.desk);
  const { saeHash } = reader.manifest;
  const bo = as(ada, "Bo");
  const at = (feature: number) => ({ saeHash, feature });
  expect(search(reader, "has:label")).toEqual([]);

  const first = write(ada, "whales", at(3));
  write(bo, "ships", at(3));
  write(bo, "ships", at(8));
  setFlag(as(ada, "Di", "maintainer"), at(9), {
    flag: "uninterpretable",
    duplicateOf: null,
    note: null,
  });
  expect(held(reader)).toEqual(stored(reader, files.labels));
  expect(reader.states.at(9).state).toBe("uninterpretable");
  expect(reader.states.authors(3)).toBe(2);
  expect(search(reader, "has:label")).toEqual([3, 8]);
  expect(search(reader, "state:uninterpretable")).toEqual([9]);
  expect(reader.states.labelledLast(5)).toEqual([8, 3]);

  deleteLabel(ada, first.id, { version: 1 });
  expect(held(reader)).toEqual(stored(reader, files.labels));
  expect(reader.states.authors(3)).toBe(1);
  expect(reader.states.labelledLast(1)).toEqual([3]);
  // Nothing new: it is not read again.
  expect(reader.states).toBe(reader.states);
});

test("what another process writes is known", async () => {
  const files = newQueue(folder, 30);
  const { reader } = queueOf(files, as(files.desk, "Bo"));
  expect(held(reader).every(({ seq }) => seq === 0)).toBe(true);
  await execute(process.execPath, [
    ...["--import", "tsx", "test/labels/queue-child.ts"],
    ...[files.index, files.labels, files.live, "bo", "1"],
  ]);
  expect(held(reader)).toEqual(stored(reader, files.labels));
  expect(search(reader, "has:label -is:dead")).toHaveLength(reader.live);
});

test("each SAE has its own", () => {
  const files = newQueue(folder);
  const { reader: one } = queueOf(files, files.desk);
  const file = `${files.index}-other`;
  buildFixtureIndex(file, { dSae: 90, sequences: 60, saeHash: "f".repeat(64) });
  const other = indexReader(file, files.labels);
  for (const [feature, { manifest }] of [one, other, one, other].entries()) {
    write(files.desk, "whales", { saeHash: manifest.saeHash, feature });
    for (const reader of [one, other]) {
      expect(held(reader)).toEqual(stored(reader, files.labels));
    }
  }
  expect(search(one, "has:label")).toEqual([0, 2]);
  expect(search(other, "has:label")).toEqual([1, 3]);
  expect(other.states.labelledLast(5)).toEqual([3, 1]);
});

/** Labels of features 0 to 4, a backup, then labels of 5 to 7. */
async function backedUp() {
  const files = newQueue(folder);
  const { reader } = queueOf(files, files.desk);
  const { saeHash } = reader.manifest;
  const label = (feature: number) =>
    write(deskAt(files.labels), "whales", { saeHash, feature });
  [0, 1, 2, 3, 4].map(label);
  const { file: backup } = await backupLabels(
    files.labels,
    `${files.labels}-backups`,
    new Date(),
  );
  [5, 6, 7].map(label);
  expect(search(reader, "has:label")).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const restore = () =>
    restoreLabels(backup, files.labels, `${files.labels}-old`, new Date());
  return { files, reader, label, restore };
}

test("what is restored takes the place of what was there", async () => {
  const { files, reader, restore } = await backedUp();
  await restore();
  expect(held(reader)).toEqual(stored(reader, files.labels));
  expect(search(reader, "has:label")).toEqual([0, 1, 2, 3, 4]);
});

test("numbers given a second time after a restore are not taken for the first", async () => {
  const { files, reader, label, restore } = await backedUp();
  await restore();
  // More events than there were before anybody looks.
  [20, 21, 22, 23].map(label);
  expect(held(reader)).toEqual(stored(reader, files.labels));
  expect(search(reader, "has:label")).toEqual([0, 1, 2, 3, 4, 20, 21, 22, 23]);
});

test("another file in the label database's place is read anew", async () => {
  const { files, reader: before, restore } = await backedUp();
  rmSync(files.labels);
  await restore();
  const reader = indexReader(files.index, files.labels);
  expect(reader).not.toBe(before);
  expect(held(reader)).toEqual(stored(reader, files.labels));
  expect(search(reader, "has:label")).toEqual([0, 1, 2, 3, 4]);
});

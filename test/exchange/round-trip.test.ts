import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { isSound, lastSeq, verifyLabels } from "#lib/db/index";
import { temporaryFolder } from "#test/db/temporary";
import { SAE } from "#test/labels/desk";
import { emptyDatabase, exported, imported, talkedOver } from "./team";

const folder = temporaryFolder();

test.each(["jsonl", "csv"] as const)(
  "what %s exports and an empty database imports is exported the same again",
  async (format) => {
    const source = talkedOver(folder);
    const text = await exported(source, { format });
    const target = emptyDatabase(folder);
    const report = await imported(target, folder, text);
    expect(report).toMatchObject({ format, rejected: 0, already: 0 });
    expect(report.rejections).toEqual([]);
    expect(report.added).toEqual({
      ...{ label: 2, vote: 2, comment: 3, rubric: 1, flag: 2, quiz: 1 },
      ...{ list: 2, listItem: 2 },
    });
    expect(report.people.known).toEqual(["Ada"]);
    expect(report.people.fresh.sort()).toEqual(["Bo", "Cy", "Mona"]);
    expect(await exported(target, { format })).toBe(text);
    // Whichever way it went out, everything came in.
    expect(await exported(target)).toBe(await exported(source));
    expect(isSound(verifyLabels(target.$client.name))).toBe(true);
  },
);

test("the same file again changes nothing, packed or not", async () => {
  const text = await exported(talkedOver(folder));
  const target = emptyDatabase(folder);
  const first = await imported(target, folder, gzipSync(text));
  const events = lastSeq(target.$client);
  const again = await imported(target, folder, text);
  expect(again).toMatchObject({ added: {}, rejected: 0, already: first.rows });
  expect(lastSeq(target.$client)).toBe(events);
});

test("a file comes home without a trace", async () => {
  const source = talkedOver(folder);
  const events = lastSeq(source.$client);
  const report = await imported(source, folder, await exported(source));
  expect(report).toMatchObject({ added: {}, rejected: 0 });
  expect(lastSeq(source.$client)).toBe(events);
  expect(report.people).toEqual({
    known: ["Ada", "Bo", "Mona", "Cy"],
    fresh: [],
  });
});

test("bookmarks, deleted labels and deleted words stay at home", async () => {
  const text = await exported(talkedOver(folder));
  expect(text).not.toContain("bookmark");
  expect(text).not.toContain("a mistake");
  expect(text).not.toContain("never mind");
  expect(text).not.toContain("why?");
});

test("one SAE's export is of that one alone", async () => {
  const source = talkedOver(folder);
  expect(await exported(source, { saeHash: "b".repeat(64) })).toBe("");
  const own = await exported(source, { saeHash: SAE });
  // A list without any feature of it is none of its business.
  expect(own).toContain('"+ sea"');
  expect(own).not.toContain('"empty"');
});

test("states and decisions come along", async () => {
  const target = emptyDatabase(folder);
  await imported(target, folder, await exported(talkedOver(folder)));
  const states = target.$client
    .prepare("SELECT feature, state FROM feature_states ORDER BY feature")
    .all();
  expect(states).toEqual([
    { feature: 7, state: "accepted" },
    { feature: 8, state: "uninterpretable" },
    { feature: 9, state: "unlabelled" },
  ]);
});

test("a decision that was made here stands", async () => {
  const source = talkedOver(folder);
  const target = emptyDatabase(folder);
  const row = {
    ...{ id: "own-label", saeHash: SAE, feature: 7, text: "ships" },
    ...{ author: "Zoe", acceptedBy: "Mona" },
  };
  await imported(target, folder, JSON.stringify(row));
  await imported(target, folder, await exported(source));
  const accepted = target.$client
    .prepare("SELECT text FROM labels WHERE accepted_by IS NOT NULL")
    .pluck()
    .all();
  expect(accepted).toEqual(["ships"]);
});

test("quiz answers come along with their scores, but not from whom their contexts were kept", async () => {
  const source = talkedOver(folder);
  const target = emptyDatabase(folder);
  await imported(target, folder, await exported(source));
  const scores = (db: typeof source) =>
    db.$client
      .prepare(
        "SELECT feature, quizzes, people, hits, accuracy FROM label_scores",
      )
      .all();
  expect(scores(source)).toHaveLength(1);
  expect(scores(target)).toEqual(scores(source));

  const counted = await exported(source, { contexts: false });
  expect(counted).toMatch(/"type":"quiz".*"hits":\d/);
  expect(counted).not.toMatch(/\d:\d+:[01]:[01]/);
  const report = await imported(emptyDatabase(folder), folder, counted);
  expect(report.rejections).toMatchObject([
    {
      type: null,
      reason: expect.stringContaining("contexts are left out") as string,
    },
  ]);
});

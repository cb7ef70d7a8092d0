import { expect, test } from "vitest";
import type { Activity, Comment } from "#lib/contract/index";
import { EVENT_KINDS } from "#lib/db/index";
import { deedOf, NOUNS } from "#app/_components/activity-words";
import { commentParts } from "#app/_components/comment-parts";
import { commentThreads } from "#app/_components/comment-threads";
import { flagSummary } from "#app/_components/flag-words";
import { rubricSummary } from "#app/_components/rubric-summary";
import { movedTo } from "#app/_queries/list-order";

const person = { id: "ada", name: "Ada" };
const comment = (id: number, parent: number | null, deleted = false) =>
  ({ id, parent, deleted }) as Comment;

test("answers to answers stand in the first comment's thread", () => {
  const threads = commentThreads([
    comment(1, null),
    comment(2, null),
    comment(3, 1),
    comment(4, 3),
    comment(5, 2, true),
  ]);
  expect(
    threads.map(({ comment: { id }, replies }) => [
      id,
      replies.map((reply) => reply.id),
    ]),
  ).toEqual([
    [1, [3, 4]],
    [2, []],
  ]);
});

test("a deleted comment stays only where something hangs on it", () => {
  const threads = commentThreads([
    comment(1, null, true),
    comment(2, 1),
    comment(3, null, true),
    comment(4, 3, true),
  ]);
  expect(threads).toHaveLength(1);
  expect(threads[0]).toMatchObject({ comment: { id: 1, deleted: true } });
});

test("names and features are found in a comment, and nothing else", () => {
  const said = "@Ada L. like #12, not @Ada Lovelace.x or a@Ada, &#12; #12a";
  const kinds = commentParts(said, ["Ada", "Ada Lovelace"])
    .filter(({ kind }) => kind !== "plain")
    .map(({ text }) => text);
  expect(kinds).toEqual(["@Ada", "#12", "@Ada Lovelace"]);
  const all = commentParts(said, ["Ada (x"]).map(({ text }) => text);
  expect(all.join("")).toBe(said);
});

test("an item of a list is put before another, or at the end", () => {
  const list = ["a", "b", "c", "d"];
  expect(movedTo(list, 0, 2)).toEqual(["b", "a", "c", "d"]);
  expect(movedTo(list, 3, 0)).toEqual(["d", "a", "b", "c"]);
  expect(movedTo(list, 1, 4)).toEqual(["a", "c", "d", "b"]);
  expect(movedTo(list, 1, 1)).toEqual(list);
  expect(movedTo(list, -1, 2)).toEqual(list);
  expect(movedTo(list, 1, 9)).toEqual(list);
});

test("every kind of event has its words, and every noun events", () => {
  const base = { person, payload: {}, about: "x" };
  for (const kind of Object.keys(EVENT_KINDS)) {
    const { words } = deedOf({ ...base, kind } as unknown as Activity);
    expect(words, kind).not.toContain(".");
  }
  for (const noun of Object.keys(NOUNS)) {
    const kinds = Object.keys(EVENT_KINDS);
    expect(kinds.some((kind) => kind.startsWith(`${noun}.`))).toBe(true);
  }
  const flagged = {
    kind: "flag.set",
    payload: { flag: "duplicate", duplicateOf: 12, note: null },
    about: null,
  } as unknown as Activity;
  expect(deedOf(flagged)).toEqual({
    words: "flagged it as a duplicate of #12",
    quoted: null,
    list: null,
  });
});

test("flags and marks are told in a line", () => {
  expect(flagSummary([])).toBe("none");
  expect(
    flagSummary([{ flag: "polysemantic" }, { flag: "dead" }, { flag: "dead" }]),
  ).toBe("dead 2 · polysemantic 1");
  const marks = {
    person,
    at: "",
    confidence: null,
    logits: null,
    specificity: null,
    breaksAt: null,
  };
  expect(rubricSummary([])).toBe("none");
  expect(
    rubricSummary([
      { ...marks, activations: 3, monosemantic: true },
      { ...marks, activations: 2, monosemantic: false },
      { ...marks, activations: null, monosemantic: true },
    ]),
  ).toBe("3 people: activations 2.5 of 3, monosemantic 2 yes, 1 no");
});

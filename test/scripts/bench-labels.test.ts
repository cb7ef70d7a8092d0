import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createLabel, postComment, voteOnLabel } from "#lib/labels/index";
import { temporaryFolder } from "#test/db/temporary";
import { as, AT_7, newDesk, said } from "#test/labels/desk";
import {
  Journal,
  readJournals,
  type Intent,
} from "../../scripts/bench-labels/journal";
import { LiveDelays } from "../../scripts/bench-labels/live-delays";
import { reckonLog } from "../../scripts/bench-labels/reckoning";
import { mkdtempSync } from "node:fs";

const folder = temporaryFolder();
let journals = "";
let journal: Journal;
beforeEach(() => {
  journals = mkdtempSync(join(folder, "journals-"));
  journal = new Journal(join(journals, "0.jsonl"));
});

const intent = (key: string, text: string): Intent => ({
  key,
  person: "ada",
  kind: "label",
  method: "POST",
  path: "",
  body: { text },
  feature: 7,
  label: null,
});

describe("the reckoning of a load", () => {
  test("finds every acknowledged write", () => {
    const ada = newDesk(folder);
    journal.intend(intent("key-one-1", "first"));
    const { id } = createLabel(
      { ...ada, key: "key-one-1" },
      AT_7,
      said("first"),
    );
    journal.acknowledged("key-one-1", id);
    const bo = as(ada, "Bo");
    const vote = { person: "bo", kind: "vote", label: id } as const;
    journal.intend({
      ...intent("key-two-2", ""),
      ...vote,
      body: { value: 1, version: 1 },
    });
    voteOnLabel({ ...bo, key: "key-two-2" }, id, { value: 1, version: 1 });
    journal.acknowledged("key-two-2", id);
    // Sent, done, but the answer was lost with the server.
    journal.intend({ ...intent("key-three-3", "why"), kind: "comment" });
    const comment = { text: "why", label: null, parent: null };
    postComment({ ...ada, key: "key-three-3" }, AT_7, comment);
    // Sent, not done.
    journal.intend(intent("key-four-4", "never"));
    expect(reckonLog(ada.db.$client, readJournals(journals))).toEqual({
      lost: [],
      duplicated: [],
      unacknowledged: 1,
    });
  });

  test("tells what is missing, other than it was sent, or there twice", () => {
    const ada = newDesk(folder);
    const write = (key: string, text: string) =>
      createLabel({ ...ada, key }, AT_7, said(text));
    for (const [key, text] of [
      ["key-missing", "missing"],
      ["key-changed", "as it was sent"],
      ["key-twice", "twice"],
    ] as const) {
      journal.intend(intent(key, text));
      journal.acknowledged(key, 1);
    }
    write("key-twice", "twice");
    write("another-key", "twice");
    write("key-changed", "as it was not sent");
    expect(reckonLog(ada.db.$client, readJournals(journals))).toEqual({
      lost: ["key-missing", "key-changed"],
      duplicated: ["another-key"],
      unacknowledged: 0,
    });
  });
});

test("delays are counted from the acknowledgement, for each listener", () => {
  const delays = new LiveDelays();
  const [early, deaf] = [delays.listener(), delays.listener()];
  early("a");
  delays.acknowledged("a");
  delays.acknowledged("b");
  early("b");
  early("b");
  deaf("b");
  const { milliseconds, unheard } = delays.summary();
  expect(unheard).toBe(1);
  expect(milliseconds).toHaveLength(3);
  expect(Math.min(...milliseconds)).toBe(0);
});

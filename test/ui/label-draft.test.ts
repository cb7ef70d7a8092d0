import { describe, expect, it } from "vitest";
import type { Label } from "#lib/contract/index";
import {
  bothTexts,
  contentsOf,
  draftOf,
  isChanged,
  mergedDraft,
} from "#app/_components/label-draft";

const person = { id: "p1", name: "Ada" };
const label = (said: Partial<Label>): Label => ({
  id: 1,
  feature: 7,
  text: "months",
  note: null,
  confidence: null,
  tags: ["time"],
  author: person,
  editor: person,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  version: 1,
  deleted: false,
  up: 0,
  down: 0,
  myVote: 0,
  accepted: false,
  acceptedBy: null,
  ...said,
});

describe("a label's draft", () => {
  it("says the same as what it was made from until it is changed", () => {
    const draft = draftOf(label({ note: "why" }));
    expect(isChanged(draft)).toBe(false);
    expect(isChanged({ ...draft, text: " months " })).toBe(false);
    expect(isChanged({ ...draft, tags: "time, dates" })).toBe(true);
  });

  it("sends tags once each, and no empty ones", () => {
    const draft = { ...draftOf(label({})), tags: " a, ,b,a " };
    expect(contentsOf(draft)).toMatchObject({ note: null, tags: ["a", "b"] });
  });

  it("merged with another's edit keeps what only one changed", () => {
    const mine = { ...draftOf(label({})), text: "month names", tags: "dates" };
    const theirs = label({ version: 2, note: "why", tags: ["time", "nouns"] });
    const merged = mergedDraft(mine, theirs);
    expect(contentsOf(merged)).toEqual({
      text: "month names",
      note: "why",
      confidence: null,
      tags: ["nouns", "dates"],
    });
    expect(merged.base).toBe(theirs);
  });

  it("keeps both notes when both wrote one", () => {
    const mine = { ...draftOf(label({})), note: "mine" };
    const theirs = label({ version: 2, note: "theirs" });
    expect(mergedDraft(mine, theirs).note).toBe("theirs\nmine");
  });

  it("takes both texts without saying anything twice", () => {
    expect(bothTexts("months", "years")).toBe("months; years");
    expect(bothTexts("months and years", "years")).toBe("months and years");
  });
});

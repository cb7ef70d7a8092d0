import { z } from "zod";
import { labelSchema, type Label } from "#lib/contract/index";
import type { LabelContents } from "#app/_queries/labels";

/** A label as it is being written. */
export const labelDraftSchema = z.object({
  text: z.string(),
  note: z.string(),
  confidence: z.enum(["low", "medium", "high"]).nullable(),
  /** As typed, separated by commas. */
  tags: z.string(),
  /** What it was made from; null: a new label. */
  base: labelSchema.nullable(),
});
export type LabelDraft = z.infer<typeof labelDraftSchema>;

export const EMPTY_DRAFT: LabelDraft = {
  text: "",
  note: "",
  confidence: null,
  tags: "",
  base: null,
};

export function draftOf(label: Label): LabelDraft {
  return { ...draftFrom(label), base: label };
}

/** A draft of a new label that says this. */
export function draftFrom(said: LabelContents): LabelDraft {
  return {
    text: said.text,
    note: said.note ?? "",
    confidence: said.confidence,
    tags: said.tags.join(", "),
    base: null,
  };
}

/** What is sent of a draft. */
export function contentsOf(draft: LabelDraft): LabelContents {
  const note = draft.note.trim();
  return {
    text: draft.text.trim(),
    note: note === "" ? null : note,
    confidence: draft.confidence,
    tags: tagsIn(draft.tags),
  };
}

/** Whether the draft says anything else than what it was made from. */
export function isChanged(draft: LabelDraft): boolean {
  const base = draft.base ? draftOf(draft.base) : EMPTY_DRAFT;
  const same = (of: LabelDraft) => JSON.stringify(contentsOf(of));
  return same(draft) !== same(base);
}

/**
 * Two edits of one label in one draft: what only one of them changed is taken
 * from that one; where both changed a text, one's own stands and both are
 * shown. The draft is then made from what the other one saved.
 */
export function mergedDraft(mine: LabelDraft, theirs: Label): LabelDraft {
  const base = mine.base ?? theirs;
  const other = draftOf(theirs);
  const from = draftOf(base);
  const pick = <K extends "text" | "note" | "confidence">(key: K) =>
    mine[key] === from[key] ? other[key] : mine[key];
  return {
    text: pick("text"),
    note:
      mine.note !== from.note &&
      other.note !== from.note &&
      mine.note !== other.note
        ? bothTexts(other.note, mine.note, "\n")
        : pick("note"),
    confidence: pick("confidence"),
    tags: mergedTags(tagsIn(mine.tags), theirs.tags, base.tags).join(", "),
    base: theirs,
  };
}

/** Theirs, then mine, unless one says the other already. */
export function bothTexts(theirs: string, mine: string, between = "; ") {
  if (theirs.includes(mine)) return theirs;
  return mine.includes(theirs) ? mine : `${theirs}${between}${mine}`;
}

function mergedTags(mine: string[], theirs: string[], base: string[]) {
  const added = mine.filter((tag) => !base.includes(tag));
  const removed = base.filter((tag) => !mine.includes(tag));
  const kept = theirs.filter((tag) => !removed.includes(tag));
  return [...new Set([...kept, ...added])];
}

function tagsIn(text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== "");
}

import { diffWordsWithSpace } from "diff";

export interface DiffPart {
  text: string;
  change: "same" | "added" | "removed";
}

/** What became of a text, word by word. */
export function textDiff(before: string, after: string): DiffPart[] {
  return diffWordsWithSpace(before, after).map(({ value, added, removed }) => ({
    text: value,
    change: added ? "added" : removed ? "removed" : "same",
  }));
}

import type { Activity } from "#lib/contract/index";

/** What activity can be narrowed to: what kinds of events begin with. */
export const NOUNS = {
  label: "labels",
  vote: "votes",
  comment: "comments",
  flag: "flags",
  rubric: "marks",
  list: "lists",
} as const;

/** Completes "Ada …": what was done, and how what it is about is shown. */
export interface Deed {
  words: string;
  /** What it is about follows, in quotes. */
  quoted: string | null;
  /** The number of the list it is about. */
  list: number | null;
}

/** An event in words. */
export function deedOf(event: Activity): Deed {
  const { kind, payload, about } = event;
  const deed = (words: string, quoted: string | null = about): Deed => ({
    words,
    quoted,
    list: typeof payload.list === "number" ? payload.list : null,
  });
  // What a label said then, where the event holds it.
  const said = typeof payload.text === "string" ? payload.text : about;
  switch (kind) {
    case "label.created":
      return deed("proposed", said);
    case "label.edited":
      return deed("changed a label to", said);
    case "label.reverted":
      return deed("went back to", said);
    case "label.deleted":
      return deed("deleted the label");
    case "label.restored":
      return deed("restored the label");
    case "label.accepted":
      return deed("accepted");
    case "label.unaccepted":
      return deed("withdrew the acceptance of");
    case "vote.set":
      return deed(payload.value === 1 ? "voted for" : "voted against");
    case "vote.withdrawn":
      return deed("withdrew their vote on");
    case "comment.posted":
      return deed(
        typeof payload.parent === "number" ? "answered" : "commented",
      );
    case "comment.edited":
      return deed("edited a comment");
    case "comment.deleted":
      return deed("deleted a comment", null);
    case "comment.restored":
      return deed("restored a comment");
    case "flag.set":
      return deed(
        typeof payload.duplicateOf === "number"
          ? `flagged it as a duplicate of #${payload.duplicateOf}`
          : `flagged it as ${String(payload.flag)}`,
        typeof payload.note === "string" ? payload.note : null,
      );
    case "flag.cleared":
      return deed(`took the flag “${String(payload.flag)}” away`, null);
    case "rubric.set":
      return deed("gave it marks", null);
    case "rubric.cleared":
      return deed("took their marks back", null);
    case "list.created":
      return deed("made the list");
    case "list.described":
      return deed("described the list");
    case "list.deleted":
      return deed("deleted the list");
    case "list.restored":
      return deed("restored the list");
    case "list.added":
      return deed("put it on the list");
    case "list.moved":
      return deed("moved it on the list");
    case "list.removed":
      return deed("took it off the list");
    case "list.renumbered":
      return deed("numbered anew the list");
    case "bookmark.set":
      return deed("bookmarked it (only you see this)", null);
    case "bookmark.cleared":
      return deed("took their bookmark away (only you see this)", null);
    default:
      return deed(kind.replaceAll(".", " "));
  }
}

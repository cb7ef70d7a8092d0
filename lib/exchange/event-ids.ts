import type { FeatureEvent } from "#lib/db/index";

/**
 * The events that made what stands of a feature: their ids are its names
 * outside this database.
 */
export function eventIds(events: readonly FeatureEvent[]) {
  const ids = new Map<string, string>();
  for (const { id, actor, kind, payload } of events) {
    const name = nameOf(kind, actor, payload);
    // The last one counts: a vote that was set again is the later event.
    if (name !== undefined) ids.set(name, id);
  }
  const find = (name: string) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`No event made ${name}.`);
    return id;
  };
  return {
    label: (label: number) => find(`label ${label}`),
    vote: (label: number, person: string) => find(`vote ${label} ${person}`),
    comment: (comment: number) => find(`comment ${comment}`),
    rubric: (person: string) => find(`rubric ${person}`),
    quiz: (label: number, person: string) => find(`quiz ${label} ${person}`),
    flag: (flag: string, person: string) => find(`flag ${flag} ${person}`),
    listItem: (list: number) => find(`item ${list}`),
  };
}

function nameOf(
  kind: string,
  actor: string,
  payload: Record<string, unknown>,
): string | undefined {
  const of = (field: string) => String(payload[field]);
  switch (kind) {
    case "label.created":
      return `label ${of("label")}`;
    case "vote.set":
      return `vote ${of("label")} ${actor}`;
    case "comment.posted":
      return `comment ${of("comment")}`;
    case "rubric.set":
      return `rubric ${actor}`;
    case "quiz.answered":
      return `quiz ${of("label")} ${actor}`;
    case "flag.set":
      return `flag ${of("flag")} ${actor}`;
    case "list.added":
      return `item ${of("list")}`;
    default:
      return undefined;
  }
}

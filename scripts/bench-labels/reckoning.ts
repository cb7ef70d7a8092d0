import type { Database } from "better-sqlite3";
import type { Entry } from "./journal";

/** What became of what people wrote. */
export interface Reckoning {
  /** Acknowledged, but not there as it was sent. */
  lost: string[];
  /** There more than once, or though nobody sent it. */
  duplicated: string[];
  /** Never acknowledged to the end, but there. */
  unacknowledged: number;
}

interface Found {
  id: string;
  actor: string;
  kind: string;
  feature: number;
  payload: string;
}

const KINDS: Record<Entry["kind"], (entry: Entry) => string> = {
  label: () => "label.created",
  comment: () => "comment.posted",
  edit: () => "label.edited",
  vote: ({ body }) => (body["value"] === 0 ? "vote.withdrawn" : "vote.set"),
};

/**
 * Holds the event log against the people's journals: every acknowledged write
 * is one event, by that person, with those words; every event is one write.
 */
export function reckonLog(
  db: Database,
  journals: ReadonlyMap<string, Entry>,
): Reckoning {
  const events = db
    .prepare<[], Found>(
      "SELECT id, actor, kind, feature, payload FROM events ORDER BY seq",
    )
    .iterate();
  const lost = new Set(
    [...journals.values()]
      .filter((entry) => entry.acknowledged !== null)
      .map((entry) => entry.key),
  );
  const duplicated: string[] = [];
  const said = new Set<string>();
  let unacknowledged = 0;
  for (const event of events) {
    const entry = journals.get(event.id);
    // Texts hold their key: another event that says the same is a copy.
    const words = wordsOf(event);
    if (entry === undefined || (words !== null && said.has(words))) {
      duplicated.push(event.id);
      continue;
    }
    if (words !== null) said.add(words);
    if (!isAsSent(event, entry)) continue;
    if (entry.acknowledged === null) unacknowledged++;
    else lost.delete(event.id);
  }
  return { lost: [...lost], duplicated, unacknowledged };
}

function isAsSent(event: Found, entry: Entry): boolean {
  const payload = JSON.parse(event.payload) as Record<string, unknown>;
  const number =
    entry.kind === "comment" ? payload["comment"] : payload["label"];
  const { text, note, value } = entry.body;
  return (
    event.actor === entry.person &&
    event.kind === KINDS[entry.kind](entry) &&
    event.feature === entry.feature &&
    (entry.acknowledged === null || number === entry.acknowledged) &&
    (text === undefined || payload["text"] === text) &&
    (note === undefined || payload["note"] === note) &&
    (!value || payload["value"] === value)
  );
}

/** What makes a text one of a kind. */
function wordsOf({ kind, payload }: Found): string | null {
  const said = JSON.parse(payload) as { text?: string; note?: string | null };
  if (kind === "label.edited") return `note ${said.note ?? ""}`;
  return said.text === undefined ? null : `text ${said.text}`;
}

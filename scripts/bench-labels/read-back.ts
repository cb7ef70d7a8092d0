import type { Comment, Label } from "#lib/contract/index";
import { AppError } from "#lib/errors";
import type { Client } from "./http";
import type { Entry } from "./journal";

/** Requests at once. */
const AT_ONCE = 4;

/** What the API shows of all that was acknowledged, by key. */
export interface ReadBack {
  lost: string[];
  duplicated: string[];
}

/**
 * Asks the API for everything people wrote: each acknowledged label and
 * comment must be shown once, each changed note be the last one, and each
 * person's last vote stand.
 */
export async function readBack(
  client: Client,
  sae: string,
  journals: ReadonlyMap<string, Entry>,
): Promise<ReadBack> {
  const found: ReadBack = { lost: [], duplicated: [] };
  const features = groupBy(journals.values(), (entry) => entry.feature);
  await eachOf([...features], async ([feature, entries]) => {
    const path = `/api/saes/${sae}/features/${feature}`;
    const { labels } = await get<{ labels: Label[] }>(client, `${path}/labels`);
    const comments = await pages<Comment>(
      client,
      `${path}/comments`,
      "comments",
    );
    for (const entry of entries) {
      if (entry.acknowledged === null) continue;
      if (entry.kind !== "label" && entry.kind !== "comment") continue;
      const shown = entry.kind === "label" ? labels : comments;
      const same = shown.filter(({ text }) => text === entry.body["text"]);
      if (same[0]?.id !== entry.acknowledged) found.lost.push(entry.key);
      if (same.length > 1) found.duplicated.push(entry.key);
    }
    for (const [label, last] of lastNotes(entries)) {
      const { note } = labels.find(({ id }) => id === label) ?? {};
      if (note !== last.body["note"]) found.lost.push(last.key);
    }
    for (const [label, votes] of lastVotes(entries)) {
      const cast = await pages<{ person: { id: string }; value: number }>(
        client,
        `/api/labels/${label}/votes`,
        "votes",
      );
      for (const last of votes) {
        const own = cast.filter(({ person }) => person.id === last.person);
        if ((own[0]?.value ?? 0) !== last.body["value"]) {
          found.lost.push(last.key);
        }
        if (own.length > 1) found.duplicated.push(last.key);
      }
    }
  });
  return found;
}

/**
 * The last change of each label, unless an unanswered one came after it: that
 * may be done or not.
 */
function lastNotes(entries: readonly Entry[]): Map<number, Entry> {
  const last = new Map<number, Entry>();
  for (const entry of entries) {
    if (entry.kind === "edit" && entry.refused === null) {
      last.set(entry.label!, entry);
    }
  }
  for (const [label, entry] of last) {
    if (entry.acknowledged === null) last.delete(label);
  }
  return last;
}

/** Each person's last vote on each label; as `lastNotes`. */
function lastVotes(entries: readonly Entry[]): Map<number, Entry[]> {
  const last = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.kind === "vote" && entry.refused === null) {
      last.set(`${entry.label} ${entry.person}`, entry);
    }
  }
  const answered = [...last.values()].filter((e) => e.acknowledged !== null);
  return groupBy(answered, (entry) => entry.label!);
}

function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

async function eachOf<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < items.length) await work(items[next++]!);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

async function pages<T>(
  client: Client,
  path: string,
  name: string,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? "" : `&cursor=${cursor}`;
    const page: Record<string, unknown> & { nextCursor: string | null } =
      await get(client, `${path}?limit=200${after}`);
    all.push(...(page[name] as T[]));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

async function get<T>(client: Client, path: string): Promise<T> {
  const { status, body } = await client.send("GET", path);
  if (status === 200) return body as T;
  throw new AppError("internal", `${path} was answered with ${status}.`);
}

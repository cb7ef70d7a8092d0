import type { z } from "zod";
import type {
  Activity,
  ActivityPage,
  activityQuerySchema,
  LabelEvent,
} from "#lib/contract/index";
import {
  activity,
  activityOfNoun,
  findComment,
  findLabel,
  findList,
  PRIVATE_KINDS,
  type StoredEvent,
} from "#lib/db/index";
import type { Actor } from "#lib/policy";
import { hiddenPlaces } from "./blind";
import { labels, readerOf } from "./databases";
import { peopleOf } from "./people-names";
import { numberFrom } from "./route-params";
import { saeIdOf } from "./saes-by-hash";

/** What happened: to a feature, in an SAE, by a person; newest first. */
export function getActivity(
  viewer: Actor,
  query: z.output<typeof activityQuerySchema>,
): ActivityPage {
  const { events, next } = pageOf(query);
  const seen = events.filter(eventsSeenBy(viewer));
  return {
    events: presentEvents(seen).map(withAbout),
    nextCursor: next === null ? null : String(next),
  };
}

function pageOf(query: z.output<typeof activityQuerySchema>): {
  events: StoredEvent[];
  next: number | null;
} {
  const { sae, feature, person, noun, cursor, limit } = query;
  const before = numberFrom(cursor, Number.MAX_SAFE_INTEGER);
  const saeHash =
    sae === undefined ? undefined : readerOf(sae).manifest.saeHash;
  const filter = { saeHash, feature, actor: person };
  if (noun !== undefined) {
    return activityOfNoun(labels(), { ...filter, noun }, before, limit);
  }
  const rows = activity(labels(), filter, before, limit + 1);
  const events = rows.slice(0, limit);
  return { events, next: rows.length > limit ? events.at(-1)!.seq : null };
}

/**
 * Whether a person may be told of an event, in feeds and live. What nobody
 * else is to see yet (labels written blind) is kept back here. Ask once for
 * all events there are.
 */
export function eventsSeenBy(viewer: Actor): (event: StoredEvent) => boolean {
  const hidden = hiddenPlaces(viewer);
  return ({ actor, kind, saeHash, feature }) => {
    if (actor === viewer.id) return true;
    if (PRIVATE_KINDS.includes(kind)) return false;
    if (saeHash === null || feature === null) return true;
    return !hidden({ saeHash, feature });
  };
}

/**
 * Events as they cross HTTP. What a comment said is not among it: it may have
 * been deleted or changed since.
 */
export function presentEvents(events: readonly StoredEvent[]): LabelEvent[] {
  const person = peopleOf(events.map((event) => event.actor));
  return events.map((event) => ({
    seq: event.seq,
    id: event.id,
    at: event.at,
    actor: person(event.actor),
    kind: event.kind,
    sae: event.saeHash === null ? null : saeIdOf(event.saeHash),
    feature: event.feature,
    payload: payloadOf(event),
  }));
}

function payloadOf({ kind, payload }: StoredEvent): Record<string, unknown> {
  const { text, ...rest } = payload as Record<string, unknown>;
  return kind.startsWith("comment.") || text === undefined
    ? rest
    : { ...rest, text };
}

/** With what the event is about, as it stands now. */
function withAbout(event: LabelEvent): Activity {
  const { label, comment, list } = event.payload;
  let about: string | null = null;
  if (typeof comment === "number") {
    const found = findComment(labels(), comment);
    if (found?.deletedAt === null) about = found.text;
  } else if (typeof label === "number") {
    about = findLabel(labels(), label)?.text ?? null;
  } else if (typeof list === "number") {
    about = findList(labels(), list)?.name ?? null;
  }
  return { ...event, about };
}

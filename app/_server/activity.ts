import type { z } from "zod";
import type {
  activityPageSchema,
  activityQuerySchema,
  LabelEvent,
} from "#lib/contract/index";
import { activity, PRIVATE_KINDS, type StoredEvent } from "#lib/db/index";
import type { Actor } from "#lib/policy";
import { hiddenFrom } from "./blind";
import { labels, readerOf } from "./databases";
import { peopleOf } from "./people-names";
import { numberFrom } from "./route-params";
import { saeIdOf } from "./saes-by-hash";

/** What happened: to a feature, in an SAE, by a person; newest first. */
export function getActivity(
  viewer: Actor,
  query: z.output<typeof activityQuerySchema>,
): z.output<typeof activityPageSchema> {
  const { sae, feature, person, cursor, limit } = query;
  const saeHash =
    sae === undefined ? undefined : readerOf(sae).manifest.saeHash;
  const before = numberFrom(cursor, Number.MAX_SAFE_INTEGER);
  const rows = activity(
    labels(),
    { saeHash, feature, actor: person },
    before,
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  return {
    events: presentEvents(shown.filter((event) => maySee(viewer, event))),
    nextCursor: rows.length > limit ? String(shown.at(-1)!.seq) : null,
  };
}

/**
 * Whether a person may be told of an event, in feeds and live. What nobody
 * else is to see yet (labels written blind) is kept back here.
 */
export function maySee(viewer: Actor, event: StoredEvent): boolean {
  const { actor, kind, saeHash, feature } = event;
  if (actor === viewer.id) return true;
  if (PRIVATE_KINDS.includes(kind)) return false;
  if (saeHash === null || feature === null) return true;
  return !hiddenFrom(viewer, saeHash)(feature);
}

/** Events as they cross HTTP. */
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
    payload: event.payload as Record<string, unknown>,
  }));
}

import { randomUUID } from "node:crypto";
import type { StoredEvent } from "#lib/db/index";
import type { Place } from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { eventsSeenBy, presentEvents } from "./activity";
import { liveHub, type Listener } from "./live-hub";
import { peopleOf } from "./people-names";

/** What a stream is about; all of it when nothing is named. */
export interface LiveScope {
  saeHash?: string | undefined;
  feature?: number | undefined;
}

/** Bytes a client may be behind before its stream is ended: it comes back. */
const MAX_BEHIND = 1 << 20;
/** A stream ends then; the client comes back, and is asked who it is again. */
const MAX_AGE_MS = 5 * 60_000;

/**
 * Server-sent events of what happens from now on, or from event `after` on:
 * `change` (an event, its number as id), `presence` (who is looking at the
 * feature), `hello` (the newest event's number, at the beginning), `reset`
 * (too much was missed: load everything anew).
 */
export function liveStream(
  viewer: Actor,
  scope: LiveScope,
  after: number | undefined,
  signal: AbortSignal,
): Response {
  let end = () => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        end = follow(viewer, scope, after, controller);
        signal.addEventListener("abort", end, { once: true });
        if (signal.aborted) end();
      },
      cancel() {
        end();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_BEHIND }),
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // Neither kept nor held back by anything in between.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}

function follow(
  viewer: Actor,
  scope: LiveScope,
  after: number | undefined,
  controller: ReadableStreamDefaultController<Uint8Array>,
): () => void {
  const hub = liveHub();
  const encoder = new TextEncoder();
  let open = true;
  let people = "";
  const stream = randomUUID();
  const place = placeIn(scope);
  const endsAt = Date.now() + MAX_AGE_MS;

  const end = () => {
    if (!open) return;
    open = false;
    if (place) {
      hub.presence.left(stream, Date.now());
      hub.presenceChanged();
    }
    hub.remove(listener);
    try {
      controller.close();
    } catch {
      // The client closed it.
    }
  };
  const send = (text: string) => {
    if (!open) return;
    controller.enqueue(encoder.encode(text));
    if ((controller.desiredSize ?? 0) <= 0) end();
  };
  const listener: Listener = {
    onEvents(events, last) {
      if (events === undefined) send(message("reset", { last }, last));
      else send(changes(viewer, scope, events));
    },
    onPresence() {
      if (!place) return;
      const ids = hub.presence.at(place.saeHash, place.feature, Date.now());
      const now = ids.join(" ");
      if (now === people) return;
      people = now;
      send(message("presence", { people: ids.map(peopleOf(ids)) }));
    },
    onHeartbeat() {
      if (place) {
        const seen = { stream, person: viewer.id, ...place };
        hub.presence.seen(seen, Date.now());
      }
      if (Date.now() > endsAt) end();
      // The number, without an event: what was not for this page is seen too.
      else send(`id: ${hub.tail.last}\n: still here\n\n`);
    },
  };

  hub.add(listener);
  const { last } = hub.tail;
  send(`retry: 1000\n${message("hello", { last }, after ?? last)}`);
  if (after !== undefined) {
    const missed = hub.tail.since(after);
    listener.onEvents(missed.reset ? undefined : missed.events, missed.last);
  }
  if (place) {
    hub.presence.seen({ stream, person: viewer.id, ...place }, Date.now());
    hub.presenceChanged();
  }
  return end;
}

const NOBODY: Listener = {
  onEvents() {},
  onPresence() {},
  onHeartbeat() {},
};

/** Who is looking at a feature now, as far as open streams tell. */
export function presentAt({ saeHash, feature }: Place) {
  const hub = liveHub();
  hub.add(NOBODY);
  const ids = hub.presence.at(saeHash, feature, Date.now());
  hub.remove(NOBODY);
  return { people: ids.map(peopleOf(ids)) };
}

/** The events of a scope that the viewer may see, as text of the stream. */
function changes(
  viewer: Actor,
  scope: LiveScope,
  events: readonly StoredEvent[],
): string {
  const maySee = eventsSeenBy(viewer);
  const seen = events.filter(
    (event) => (within(scope, event) || names(event, viewer)) && maySee(event),
  );
  return presentEvents(seen)
    .map((event) => message("change", event, event.seq))
    .join("");
}

function within({ saeHash, feature }: LiveScope, event: StoredEvent): boolean {
  if (saeHash === undefined) return true;
  if (event.saeHash !== saeHash) return false;
  return feature === undefined || event.feature === feature;
}

/** Whether it is a comment that names somebody: they hear of it anywhere. */
function names({ kind, payload }: StoredEvent, { id }: Actor): boolean {
  if (!kind.startsWith("comment.")) return false;
  const { mentions } = payload as { mentions?: readonly string[] };
  return mentions?.includes(id) ?? false;
}

function placeIn({ saeHash, feature }: LiveScope): Place | undefined {
  if (saeHash === undefined || feature === undefined) return undefined;
  return { saeHash, feature };
}

function message(event: string, data: unknown, id?: number): string {
  const number = id === undefined ? "" : `id: ${id}\n`;
  return `event: ${event}\n${number}data: ${JSON.stringify(data)}\n\n`;
}

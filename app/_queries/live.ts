import type { QueryClient } from "@tanstack/react-query";
import { liveMessages, type LabelEvent } from "#lib/contract/index";
import { labelHistoryQuery } from "./labels";

/** What a page is about. */
export interface LiveScope {
  sae: string | undefined;
  feature: number | undefined;
}

export const presenceKey = (saeId: string, feature: number) => [
  "presence",
  saeId,
  feature,
];

/** Reading a text or many examples again shows nothing new about labels. */
const NOT_LABELS = new Set(["own-text", "examples", "lens", "points"]);
const GATHER_MS = 60;
const HIDDEN_MS = 20_000;
const RETRY_MS = [1000, 3000, 10_000, 60_000];

/**
 * Follows what others do, into the query cache. Comes back by itself after a
 * lost connection, where it left off. Nobody looks at a hidden page: after a
 * while it lets go (a browser has few connections to one server).
 *
 * @returns how to stop.
 */
export function followLive(client: QueryClient, scope: LiveScope): () => void {
  let source: EventSource | undefined;
  let last: string | undefined;
  let failures = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  const gathered = gather(client);

  const open = () => {
    clearTimeout(later);
    if (source) return;
    source = new EventSource(address(scope, last));
    source.addEventListener("hello", () => {
      failures = 0;
    });
    source.addEventListener("change", (message) => {
      last = message.lastEventId;
      const event = liveMessages.change.safeParse(JSON.parse(message.data));
      if (event.success) gathered.add(event.data);
    });
    source.addEventListener("presence", (message) => {
      const said = liveMessages.presence.safeParse(JSON.parse(message.data));
      if (!said.success || scope.sae === undefined) return;
      if (scope.feature === undefined) return;
      client.setQueryData(
        presenceKey(scope.sae, scope.feature),
        said.data.people,
      );
    });
    source.addEventListener("reset", (message) => {
      last = message.lastEventId;
      void client.invalidateQueries();
    });
    source.addEventListener("error", () => {
      // A browser tries again by itself, unless it was refused.
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
      later = setTimeout(open, wait);
    });
  };
  const close = () => {
    clearTimeout(later);
    source?.close();
    source = undefined;
  };
  const seen = () => {
    clearTimeout(later);
    if (document.visibilityState === "visible") open();
    else later = setTimeout(close, HIDDEN_MS);
  };
  document.addEventListener("visibilitychange", seen);
  open();
  return () => {
    document.removeEventListener("visibilitychange", seen);
    close();
    gathered.stop();
  };
}

function address({ sae, feature }: LiveScope, after?: string): string {
  const search = new URLSearchParams();
  if (sae !== undefined) search.set("sae", sae);
  if (feature !== undefined) search.set("feature", String(feature));
  if (after !== undefined && after !== "") search.set("after", after);
  const query = search.toString();
  return query === "" ? "/api/live" : `/api/live?${query}`;
}

/** Many events at once make one refresh. */
function gather(client: QueryClient) {
  let waiting: LabelEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const events = waiting;
    waiting = [];
    refresh(client, events);
  };
  return {
    add(event: LabelEvent) {
      waiting.push(event);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

function refresh(client: QueryClient, events: LabelEvent[]): void {
  const saes = new Set(events.map((event) => event.sae));
  const talked = events.some(namesSomebody);
  for (const { payload } of events) {
    if (typeof payload.label !== "number") continue;
    const { queryKey } = labelHistoryQuery(payload.label);
    void client.invalidateQueries({ queryKey });
  }
  void client.invalidateQueries({
    predicate: ({ queryKey: [noun, sae, kind, , more] }) => {
      if (noun === "activity" || noun === "lists") return true;
      if (noun === "mentions") return talked;
      if (noun !== "saes") return false;
      if (NOT_LABELS.has(String(kind)) || NOT_LABELS.has(String(more))) {
        return false;
      }
      return sae === undefined || saes.has(String(sae));
    },
  });
}

/** Whether it may be about one's mentions; a deleted one no longer counts. */
function namesSomebody({ kind, payload }: LabelEvent): boolean {
  if (kind === "comment.deleted" || kind === "comment.restored") return true;
  return Array.isArray(payload.mentions) && payload.mentions.length > 0;
}

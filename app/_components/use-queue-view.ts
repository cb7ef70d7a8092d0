"use client";

import { queueViewSchema, type QueueView } from "#lib/contract/index";
import { useUrlParams, type UrlChange } from "./use-url-params";

/** What the address asks of the queue; what it does not know is left out. */
export function useQueueView(): [
  Partial<QueueView>,
  (change: UrlChange) => void,
] {
  const [params, change] = useUrlParams();
  const view: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(queueViewSchema.shape)) {
    const text = params.get(name);
    if (text === null || text === "") continue;
    const parsed = schema.safeParse(text);
    if (parsed.success) view[name] = parsed.data;
  }
  return [view, change];
}

"use client";

import { useSyncExternalStore } from "react";

/** What can be read off a token: how strongly it fires, or its logit effect. */
export type ReadingName = "activation" | "logit" | "a" | "b";
export type Readings = Partial<Record<ReadingName, number>>;

/*
 * The values under the pointer or the focus. One for the page: there is one
 * pointer, and plots all over it mark what it is on.
 */
let current: Readings = {};
const listeners = new Set<() => void>();

export function setReadings(next: Readings): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The value of this name that is being read; null when there is none. */
export function useReading(name: ReadingName): number | null {
  return useSyncExternalStore(
    subscribe,
    () => current[name] ?? null,
    () => null,
  );
}

/** Attributes that let an element's values be read. */
export function readable(readings: Readings): Record<string, number> {
  return Object.fromEntries(
    Object.entries(readings).map(([name, value]) => [
      `data-read-${name}`,
      value,
    ]),
  );
}

/** The inverse of `readable`. */
export function readingsOf(element: Element): Readings {
  const readings: Readings = {};
  for (const name of ["activation", "logit", "a", "b"] as const) {
    const text = element.getAttribute(`data-read-${name}`);
    if (text !== null) readings[name] = Number(text);
  }
  return readings;
}

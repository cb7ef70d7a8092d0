"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { z } from "zod";

const PREFIX = "monolex.draft.";
const held = new Map<string, unknown>();
const listeners = new Set<() => void>();

/**
 * Something being written, kept in the browser until it is saved or thrown
 * away: it survives a reload, and a move to another feature and back.
 */
export function useDraft<S extends z.ZodType>(
  key: string,
  schema: S,
): [z.output<S> | null, (draft: z.output<S> | null) => void] {
  const draft = useSyncExternalStore(
    subscribe,
    () => read(key, schema),
    () => null,
  );
  const set = useCallback(
    (next: z.output<S> | null) => {
      writeDraft(key, next);
    },
    [key],
  );
  return [draft, set];
}

/** Puts a draft there, or takes it away, for whoever shows it. */
export function writeDraft(key: string, next: unknown): void {
  held.set(key, next);
  try {
    if (next === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(next));
  } catch {
    // Storage is full or forbidden: it lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function read<S extends z.ZodType>(key: string, schema: S): z.output<S> | null {
  if (!held.has(key)) held.set(key, stored(key, schema));
  return held.get(key) as z.output<S> | null;
}

function stored(key: string, schema: z.ZodType): unknown {
  try {
    const text = localStorage.getItem(PREFIX + key);
    if (text === null) return null;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

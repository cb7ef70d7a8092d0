"use client";

import { useSyncExternalStore } from "react";

/** A token of a context, as a link names it: `#top-12-34`. */
export interface ContextTarget {
  /** "top", "q1" …, "found" or "linked". */
  group: string;
  sequence: number;
  position: number;
}

/** The anchor of a context; with `-<position>` that of one of its tokens. */
export function contextAnchor(group: string, sequence: number): string {
  return `${group}-${sequence}`;
}

export function parseTarget(hash: string): ContextTarget | null {
  const match = /^#([a-z]\w*)-(\d{1,10})-(\d{1,6})$/.exec(hash);
  if (match === null) return null;
  const [, group, sequence, position] = match;
  return {
    group: group!,
    sequence: Number(sequence),
    position: Number(position),
  };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
    window.removeEventListener("popstate", listener);
  };
}

/** The token that the URL names; null when it names none. */
export function useContextTarget(): ContextTarget | null {
  const hash = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => "",
  );
  return parseTarget(hash);
}

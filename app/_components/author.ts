"use client";

import { useCallback, useSyncExternalStore } from "react";

const KEY = "monolex-author";
const listeners = new Set<() => void>();

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** The name labels are signed with, kept on this machine. */
export function useAuthor(): [string, (name: string) => void] {
  const author = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    () => "",
  );
  const setAuthor = useCallback((name: string) => {
    try {
      localStorage.setItem(KEY, name);
    } catch {
      // Without storage the name is asked for again.
    }
    for (const listener of listeners) listener();
  }, []);
  return [author, setAuthor];
}

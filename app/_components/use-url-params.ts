"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** Changes to a query string: a text sets a parameter, null takes it out. */
export type UrlChange = Record<string, string | null>;

/**
 * The page's query string and how to change it in place: no navigation, no
 * entry in the history, scroll and hash stay.
 */
export function useUrlParams(): [URLSearchParams, (change: UrlChange) => void] {
  const params = useSearchParams();
  const change = useCallback((values: UrlChange) => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    window.history.replaceState(null, "", url);
  }, []);
  return [params, change];
}

"use client";

import { useSearchParams } from "next/navigation";
import { startTransition, useCallback, useOptimistic } from "react";

/** Changes to a query string: a text sets a parameter, null takes it out. */
export type UrlChange = Record<string, string | null>;

/**
 * The page's query string and how to change it in place: no navigation, no
 * entry in the history, scroll and hash stay. Who changes it sees it changed at
 * once: a box that is ticked does not flicker until the router has followed.
 */
export function useUrlParams(): [URLSearchParams, (change: UrlChange) => void] {
  const [params, show] = useOptimistic<URLSearchParams>(useSearchParams());
  const change = useCallback(
    (values: UrlChange) => {
      const url = new URL(window.location.href);
      for (const [name, value] of Object.entries(values)) {
        if (value === null) url.searchParams.delete(name);
        else url.searchParams.set(name, value);
      }
      startTransition(() => {
        show(url.searchParams);
        window.history.replaceState(null, "", url);
      });
    },
    [show],
  );
  return [params, change];
}

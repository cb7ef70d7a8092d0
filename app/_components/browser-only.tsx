"use client";

import {
  Suspense,
  useEffect,
  useSyncExternalStore,
  type ReactNode,
} from "react";
import { preload } from "react-dom";

interface BrowserOnlyProps {
  /** What the server sends, and what is shown until the data are there. */
  fallback: ReactNode;
  /** Addresses the children ask first: fetched while the scripts load. */
  asks: readonly string[];
  children: ReactNode;
}

/**
 * Children that only the browser renders, from the API's answers. Rendered by
 * the server first, a page would cost it many times what its data do
 * (docs/decisions/017).
 */
export function BrowserOnly({ fallback, asks, children }: BrowserOnlyProps) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  if (!inBrowser) {
    for (const path of asks) {
      preload(path, { as: "fetch", crossOrigin: "anonymous" });
    }
    return fallback;
  }
  return (
    <Suspense fallback={fallback}>
      {children}
      <ScrollToAnchor />
    </Suspense>
  );
}

const never = () => () => undefined;

/** What an address names was not there when the browser looked for it. */
function ScrollToAnchor() {
  useEffect(() => {
    const name = window.location.hash.slice(1);
    if (name === "") return;
    document.getElementById(name)?.scrollIntoView({ block: "center" });
  }, []);
  return null;
}

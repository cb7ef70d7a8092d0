"use client";

import { useEffect, useRef } from "react";
import { isTyping } from "./is-typing";

interface QueueKeys {
  /** A digit outside text fields. */
  digit: (digit: number) => void;
  /** A digit with Alt, anywhere. */
  level: (digit: number) => void;
  /** Letters: outside text fields by themselves, anywhere with Alt. */
  keys: Record<string, () => void>;
}

/** The keys of the queue: they work while one types, too, with Alt. */
export function useQueueKeys(handlers: QueueKeys): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      if (document.querySelector("dialog[open]")) return;
      if (!event.altKey && isTyping(event.target)) return;
      // By place with Alt: some keyboards type another letter then.
      const key = event.altKey
        ? event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase()
        : event.key.toLowerCase();
      const { digit, level, keys } = latest.current;
      const number = /^[1-9]$/.test(key) ? Number(key) : undefined;
      const action =
        number === undefined
          ? keys[key]
          : () => {
              (event.altKey ? level : digit)(number);
            };
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, []);
}

"use client";

import { useRef, type KeyboardEvent } from "react";
import { useHotkey } from "./use-hotkey";

/**
 * The keys of a box with results below it: "/" goes to the box, ↓ and ↑ walk
 * through the results (links with data-result), Enter in the box opens the
 * first, Esc goes back to the box and then clears it.
 */
export function useResultKeys(clear: () => void) {
  const container = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useHotkey("/", () => {
    box.current?.focus();
    box.current?.select();
  });

  const results = () => [
    ...(container.current?.querySelectorAll<HTMLElement>("[data-result]") ??
      []),
  ];
  const walk = (event: KeyboardEvent) => {
    const links = results();
    const at = links.indexOf(document.activeElement as HTMLElement);
    const inBox = document.activeElement === box.current;
    if (event.key === "Escape" && at >= 0) {
      event.preventDefault();
      box.current?.focus();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    // Other controls have uses of their own for these keys.
    if (at < 0 && !inBox) return;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next >= links.length || next < -1) return;
    event.preventDefault();
    if (next === -1) box.current?.focus();
    else links[next]?.focus();
  };
  const inBox = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") results()[0]?.click();
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (event.currentTarget.value === "") event.currentTarget.blur();
    else clear();
  };
  return { container, box, walk, inBox };
}

"use client";

import { useEffect, useRef } from "react";

/**
 * Calls `action` when Enter is pressed, but on what Enter has a meaning of its
 * own for: fields, links and buttons, those marked `data-quiz-context` apart.
 */
export function useEnter(action: () => void): void {
  const latest = useRef(action);
  useEffect(() => {
    latest.current = action;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.defaultPrevented || event.repeat) {
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (meansSomething(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  }, []);
}

function meansSomething(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    !("quizContext" in target.dataset) &&
    target.closest("a, button, input, select, textarea, summary") !== null
  );
}

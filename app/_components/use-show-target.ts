"use client";

import { useEffect } from "react";

/** Brings an element into sight and gives it the focus, once it is there. */
export function useShowTarget(id: string | null): void {
  useEffect(() => {
    if (id === null) return;
    const element = document.getElementById(id);
    if (element === null || element === document.activeElement) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 100 || bottom > window.innerHeight) {
      element.scrollIntoView({ block: "center" });
    }
    element.focus({ preventScroll: true });
  }, [id]);
}

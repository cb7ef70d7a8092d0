"use client";

import { useState, type PointerEvent, type RefObject } from "react";

/** Where a drop would put what is dragged, as seen from one item. */
export type DropMark = "self" | "above" | "below" | null;

/**
 * Dragging an item of a list to another place, by mouse, pen or finger.
 *
 * @param move called on the drop, with the places it had and is to have.
 */
export function useListDrag(
  root: RefObject<HTMLElement | null>,
  move: (from: number, to: number) => void,
) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const begin = (event: PointerEvent<HTMLElement>, from: number) => {
    if (event.button !== 0) return;
    const grip = event.currentTarget;
    grip.setPointerCapture(event.pointerId);
    let to = from;
    setDrag({ from, to });
    const stop = new AbortController();
    const { signal } = stop;
    const end = () => {
      stop.abort();
      setDrag(null);
    };
    grip.addEventListener(
      "pointermove",
      (moved) => {
        to = placeAt(root.current, (moved as MouseEvent).clientY);
        setDrag({ from, to });
      },
      { signal },
    );
    grip.addEventListener(
      "pointerup",
      () => {
        end();
        if (to !== from) move(from, to);
      },
      { signal },
    );
    grip.addEventListener("pointercancel", end, { signal });
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key === "Escape") end();
      },
      { signal },
    );
  };
  const mark = (i: number): DropMark => {
    if (drag === null) return null;
    if (i === drag.from) return "self";
    if (i !== drag.to) return null;
    return drag.to < drag.from ? "above" : "below";
  };
  return { from: drag?.from ?? null, begin, mark };
}

/** The item at this height; above all the first, below all the last. */
function placeAt(root: HTMLElement | null, y: number): number {
  const items = [...(root?.children ?? [])];
  const at = items.findIndex((item) => y < item.getBoundingClientRect().bottom);
  return at === -1 ? items.length - 1 : at;
}

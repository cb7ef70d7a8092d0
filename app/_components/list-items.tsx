"use client";

import { useEffect, useRef, useState } from "react";
import type { List, ListItem as Item } from "#lib/contract/index";
import { ListItem } from "./list-item";
import { useListDrag } from "./use-list-drag";
import styles from "./lists.module.css";

interface ListItemsProps {
  list: List;
  items: readonly Item[];
  /** There are more than are shown. */
  hasMore: boolean;
  /** Why the list may not be changed. */
  refusal: string | undefined;
  /** Puts one before another; null: at the end. */
  onMove: (item: Item, before: Item | null) => void;
  onNote: (item: Item, note: string | null) => void;
  onRemove: (item: Item) => void;
}

export const itemKey = ({ saeHash, feature }: Item) => `${saeHash} ${feature}`;

/** The features of a list; by keys or by dragging they change places. */
export function ListItems(props: ListItemsProps) {
  const { list, items, hasMore, refusal, onMove, onNote, onRemove } = props;
  const root = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState("");
  const moved = useRef<string | null>(null);
  // The one that moved keeps the focus, wherever it is now.
  useEffect(() => {
    if (moved.current === null) return;
    const at = items.findIndex((item) => itemKey(item) === moved.current);
    moved.current = null;
    root.current?.children[at]
      ?.querySelector<HTMLElement>("[data-grip]")
      ?.focus();
  }, [items]);

  /** @param to the place it is to have, from 0. */
  const move = (from: number, to: number) => {
    const item = items[from];
    // What stands after the last one shown is not known.
    const last = items.length - 1 - (hasMore ? 1 : 0);
    const place = Math.max(0, Math.min(to, last));
    if (!item || place === from) return;
    moved.current = itemKey(item);
    setSaid(`#${item.feature} is now number ${place + 1}.`);
    onMove(item, items[place > from ? place + 1 : place] ?? null);
  };
  const drag = useListDrag(root, move);
  return (
    <>
      <ol
        ref={root}
        className={`card ${styles.items}`}
        aria-label={`Features of ${list.name}`}
        data-dragging={drag.from !== null || undefined}
      >
        {items.map((item, i) => (
          <ListItem
            key={itemKey(item)}
            listId={list.id}
            item={item}
            place={i}
            count={items.length}
            refusal={refusal}
            drop={drag.from === null ? null : drag.mark(i)}
            onGrip={(event) => {
              drag.begin(event, i);
            }}
            onMove={(to) => {
              move(i, to);
            }}
            onNote={(note) => {
              onNote(item, note);
            }}
            onRemove={() => {
              onRemove(item);
            }}
          />
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {said}
      </p>
    </>
  );
}

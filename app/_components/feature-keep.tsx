"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { keyedBookmark, useBookmark } from "#app/_queries/bookmarks";
import { labellingQuery } from "#app/_queries/labels";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { useHotkey } from "./use-hotkey";
import styles from "./keep.module.css";

// It comes when somebody opens it.
const ListPicker = dynamic(() =>
  import("./list-picker").then((m) => m.ListPicker),
);

interface FeatureKeepProps {
  saeId: string;
  feature: number;
}

/** Ways to find a feature again: a bookmark of one's own, lists for all. */
export function FeatureKeep({ saeId, feature }: FeatureKeepProps) {
  const viewer = useViewer();
  const { data } = useQuery(labellingQuery(saeId, feature));
  const bookmark = useBookmark();
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const refusal = refusalOf(viewer, "bookmark");
  const bookmarked = data?.bookmarked ?? false;
  const lists = data?.lists ?? [];
  const toggle = () => {
    if (refusal !== undefined || !data) return;
    bookmark.mutate(
      keyedBookmark({ sae: saeId, feature, bookmarked: !bookmarked }),
    );
  };
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  useHotkey("b", toggle);
  useHotkey("L", show);
  return (
    <>
      <button
        type="button"
        aria-pressed={bookmarked}
        disabled={refusal !== undefined}
        title={refusal ?? "Bookmark, for yourself alone (b)"}
        className={styles.bookmark}
        onClick={toggle}
      >
        <span aria-hidden="true">{bookmarked ? "★" : "☆"}</span> Bookmark
      </button>
      <button type="button" title="Lists with this feature (L)" onClick={show}>
        Lists{lists.length === 0 ? "" : ` ${lists.length}`}
      </button>
      {bookmark.error ? (
        <p role="alert" className={styles.error}>
          {bookmark.error.message}
        </p>
      ) : null}
      <dialog
        ref={dialog}
        className={styles.dialog}
        aria-label="Lists"
        onClose={() => {
          setOpen(false);
        }}
      >
        <h2>Lists with feature {feature}</h2>
        {open ? (
          <ListPicker saeId={saeId} feature={feature} holding={lists} />
        ) : null}
        <form method="dialog">
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  );
}

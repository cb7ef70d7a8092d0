"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BookmarkPage } from "#lib/contract/index";
import {
  bookmarksQuery,
  keyedBookmark,
  useBookmark,
} from "#app/_queries/bookmarks";
import { FeatureLine } from "./feature-line";
import { formatTime } from "./format";
import { ShowMore } from "./show-more";
import { UndoNote } from "./undo-note";
import forms from "./form.module.css";
import styles from "./lists.module.css";

type Marked = BookmarkPage["bookmarks"][number];

/** The features one wants to find again. */
export function BookmarksView() {
  const list = useSuspenseInfiniteQuery(bookmarksQuery());
  const bookmark = useBookmark();
  const [removed, setRemoved] = useState<Marked | null>(null);
  const bookmarks = list.data.pages.flatMap((page) => page.bookmarks);
  const set = ({ sae, feature }: Marked, bookmarked: boolean) => {
    if (sae === null) return;
    bookmark.mutate(keyedBookmark({ sae, feature, bookmarked }));
  };
  return (
    <div className={styles.page}>
      <div>
        <h1>Bookmarks</h1>
        <p className="muted">
          Features you want to find again, the newest first. Nobody else sees
          them; to share some, put them on a list.
        </p>
      </div>
      {removed === null ? null : (
        <UndoNote
          onUndo={() => {
            set(removed, true);
            setRemoved(null);
          }}
        >
          Removed the bookmark of #{removed.feature}.
        </UndoNote>
      )}
      {bookmark.error ? (
        <p role="alert" className={forms.error}>
          {bookmark.error.message}
        </p>
      ) : null}
      {bookmarks.length === 0 ? (
        <p className="card">
          None yet. On a feature’s page press <kbd>b</kbd>.
        </p>
      ) : (
        <ol className={`card ${styles.items}`} aria-label="Bookmarks">
          {bookmarks.map((marked) => (
            <li key={`${marked.saeHash} ${marked.feature}`}>
              <FeatureLine {...marked} />
              <span className="muted small">{formatTime(marked.at)}</span>
              {marked.sae === null ? null : (
                <button
                  type="button"
                  data-kind="quiet"
                  aria-label={`Remove the bookmark of #${marked.feature}`}
                  onClick={() => {
                    set(marked, false);
                    setRemoved(marked);
                  }}
                >
                  Remove
                </button>
              )}
            </li>
          ))}
        </ol>
      )}
      <ShowMore query={list}>Show more</ShowMore>
    </div>
  );
}

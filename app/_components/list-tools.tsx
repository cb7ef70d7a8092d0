"use client";

import { useState } from "react";
import type { List } from "#lib/contract/index";
import { keyedList, useListChange } from "#app/_queries/lists";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { copyText } from "./clipboard";
import { listHref } from "./list-links";
import { UndoNote } from "./undo-note";
import forms from "./form.module.css";
import styles from "./lists.module.css";

interface ListToolsProps {
  list: List;
  /** Why it may not be changed. */
  refusal: string | undefined;
  onEdit: (() => void) | undefined;
}

/** What can be done with a whole list. */
export function ListTools({ list, refusal, onEdit }: ListToolsProps) {
  const viewer = useViewer();
  const change = useListChange(list.id);
  const mayDelete =
    refusalOf(viewer, "list.delete", list.owner.id) === undefined;
  if (list.deleted) {
    return (
      <UndoNote
        name={change.isSuccess ? "Undo" : "Bring it back"}
        onUndo={
          mayDelete
            ? () => {
                change.mutate(keyedList({ kind: "restore", list }));
              }
            : undefined
        }
      >
        This list was deleted.
      </UndoNote>
    );
  }
  return (
    <div className={styles.row}>
      {onEdit ? (
        <button
          type="button"
          disabled={refusal !== undefined}
          title={refusal}
          onClick={onEdit}
        >
          Edit
        </button>
      ) : null}
      <CopyLink id={list.id} />
      <a className="button" href={`/api${listHref(list.id)}?limit=200`}>
        JSON
      </a>
      {mayDelete ? (
        <button
          type="button"
          onClick={() => {
            change.mutate(keyedList({ kind: "delete", list }));
          }}
        >
          Delete
        </button>
      ) : null}
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      {change.error ? (
        <p role="alert" className={forms.error}>
          {change.error.message}
        </p>
      ) : null}
    </div>
  );
}

/** Copies the list's address: whoever may log in here may open it. */
function CopyLink({ id }: { id: number }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    const { href } = new URL(listHref(id), window.location.href);
    try {
      setSaid(await copyText(href, "Link copied."));
    } catch {
      setSaid(href);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()}>
        Copy link
      </button>
      <span role="status" className="muted small">
        {said}
      </span>
    </>
  );
}

"use client";

import type { FormEvent } from "react";
import { listSchema, type List } from "#lib/contract/index";
import { ApiError } from "#app/_queries/api";
import { keyedList, useListChange } from "#app/_queries/lists";
import type { ListDraft } from "./list-draft";
import forms from "./form.module.css";
import styles from "./lists.module.css";

interface ListDescriptionProps {
  list: List;
  draft: ListDraft;
  /** Null: there is no draft any more. */
  onDraft: (draft: ListDraft | null) => void;
}

/** A list's name and description being edited. */
export function ListDescription(props: ListDescriptionProps) {
  const { list, draft, onDraft } = props;
  const change = useListChange(list.id);
  const newer = list.version > draft.version;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = draft.name.trim();
    const description = draft.description.trim();
    if (name === "") return;
    const base = { ...list, version: draft.version };
    change.mutate(
      keyedList({ kind: "describe", list: base, name, description }),
      {
        onSuccess: () => {
          onDraft(null);
        },
        onError: (error) => {
          const theirs = conflicting(error);
          if (theirs) onDraft({ ...draft, version: theirs.version });
        },
      },
    );
  };
  return (
    <form
      className={`card ${forms.form}`}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          submit(event);
        }
      }}
    >
      {newer ? (
        <div role="status" className={styles.newer} dir="auto">
          Changed meanwhile: “{list.name}”
          {list.description === "" ? "" : `, “${list.description}”`}. Saving
          replaces it.
        </div>
      ) : null}
      <label className={styles.wide}>
        <span>Name</span>
        <input
          value={draft.name}
          maxLength={120}
          autoComplete="off"
          autoFocus
          onChange={(event) => {
            onDraft({ ...draft, name: event.target.value });
          }}
        />
      </label>
      <label className={styles.wide}>
        <span>Description</span>
        <textarea
          value={draft.description}
          maxLength={4000}
          rows={4}
          onChange={(event) => {
            onDraft({ ...draft, description: event.target.value });
          }}
        />
      </label>
      <div className={styles.row}>
        <button
          type="submit"
          data-kind="primary"
          disabled={draft.name.trim() === ""}
        >
          Save
        </button>
        <button
          type="button"
          onClick={() => {
            onDraft(null);
          }}
        >
          Cancel
        </button>
      </div>
      {change.error ? (
        <p role="alert" className={forms.error}>
          Not saved: {change.error.message} What you wrote is kept here.
        </p>
      ) : null}
    </form>
  );
}

/** The list as somebody else left it, if that is why an edit was refused. */
function conflicting(error: Error): List | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const details = error.details as { list?: unknown } | null;
  const parsed = listSchema.safeParse(details?.list);
  return parsed.success ? parsed.data : null;
}

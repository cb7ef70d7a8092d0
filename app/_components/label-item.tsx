"use client";

import { useState, type FormEvent } from "react";
import { labelSchema, type Label } from "#lib/contract/index";
import { ApiError } from "#app/_queries/api";
import { useLabelChange } from "#app/_queries/labels";
import { formatTime } from "./format";
import { LabelConflict } from "./label-conflict";
import { LabelHistory } from "./label-history";
import styles from "./label-panel.module.css";

interface LabelItemProps {
  saeId: string;
  label: Label;
  onDelete: (label: Label) => void;
}

/** One label: read, edit, delete, look at its history. */
export function LabelItem({ saeId, label, onDelete }: LabelItemProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [history, setHistory] = useState(false);
  const [theirs, setTheirs] = useState<Label | null>(null);
  const change = useLabelChange(saeId, label.feature);

  const edit = (text: string, from: Label) => {
    setDraft(null);
    setTheirs(null);
    change.mutate(
      { kind: "edit", label: from, text },
      {
        // Nothing typed is lost: the draft returns, beside what others wrote.
        onError: (error) => {
          setDraft(text);
          setTheirs(conflicting(error));
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = draft?.trim() ?? "";
    if (text !== "" && text !== label.text) edit(text, label);
    else setDraft(null);
  };
  return (
    <li className={styles.label}>
      {draft === null ? (
        <p className={styles.text}>{label.text}</p>
      ) : theirs === null ? (
        <form onSubmit={submit} className={styles.row}>
          <input
            aria-label="Edit label"
            value={draft}
            maxLength={512}
            autoFocus
            onChange={(event) => {
              setDraft(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === "Escape") setDraft(null);
            }}
          />
          <button type="submit" data-kind="primary">
            Save
          </button>
        </form>
      ) : (
        <LabelConflict
          mine={draft}
          theirs={theirs}
          onSave={(text) => {
            edit(text, theirs);
          }}
          onKeepTheirs={() => {
            setDraft(null);
            setTheirs(null);
          }}
        />
      )}
      <p className={styles.meta}>
        {label.author.name}, {formatTime(label.updatedAt)}
        {label.version > 1 ? ` (edit ${label.version - 1})` : ""}
        <button
          type="button"
          data-kind="quiet"
          onClick={() => {
            setDraft(label.text);
          }}
        >
          Edit
        </button>
        <button
          type="button"
          data-kind="quiet"
          aria-expanded={history}
          onClick={() => {
            setHistory(!history);
          }}
        >
          History
        </button>
        <button
          type="button"
          data-kind="quiet"
          onClick={() => {
            onDelete(label);
          }}
        >
          Delete
        </button>
      </p>
      {history && label.id > 0 ? <LabelHistory labelId={label.id} /> : null}
      {change.error && theirs === null ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
    </li>
  );
}

/** The label as somebody else left it, if that is why an edit was refused. */
function conflicting(error: Error): Label | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const details = error.details as {
    label?: unknown;
    current?: unknown;
  } | null;
  for (const candidate of [details?.label, details?.current, details]) {
    const parsed = labelSchema.safeParse(candidate);
    if (parsed.success) return parsed.data;
  }
  return null;
}

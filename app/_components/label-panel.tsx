"use client";

import { useRef, useState, type FormEvent } from "react";
import type { Label } from "#lib/contract/index";
import { useLabelChange } from "#app/_queries/labels";
import { LabelItem } from "./label-item";
import { useHotkey } from "./use-hotkey";
import styles from "./label-panel.module.css";

interface LabelPanelProps {
  saeId: string;
  feature: number;
  labels: Label[];
}

/** What people call this feature, and the place to say it. */
export function LabelPanel({ saeId, feature, labels }: LabelPanelProps) {
  const [text, setText] = useState("");
  const [deleted, setDeleted] = useState<Label | null>(null);
  const change = useLabelChange(saeId, feature);
  const input = useRef<HTMLInputElement>(null);
  useHotkey("l", () => input.current?.focus());

  const save = (event: FormEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said === "") return;
    setText("");
    change.mutate(
      { kind: "create", text: said },
      // What was typed comes back if it could not be saved.
      {
        onError: () => {
          setText(said);
        },
      },
    );
  };

  const remove = (label: Label) => {
    change.mutate(
      { kind: "delete", label },
      {
        onSuccess: (gone) => {
          setDeleted(gone);
        },
      },
    );
  };

  return (
    <section className={`card ${styles.panel}`} aria-label="Labels">
      <h2>
        Labels{" "}
        {labels.length === 0 ? <span className="muted">none yet</span> : null}
      </h2>
      {labels.length === 0 ? null : (
        <ul className={styles.labels}>
          {labels.map((label) => (
            <LabelItem
              key={label.id}
              saeId={saeId}
              label={label}
              onDelete={remove}
            />
          ))}
        </ul>
      )}
      {deleted === null ? null : (
        <p className={styles.undo} role="status">
          Deleted “{deleted.text}”.
          <button
            type="button"
            onClick={() => {
              change.mutate({ kind: "restore", label: deleted });
              setDeleted(null);
            }}
          >
            Undo
          </button>
        </p>
      )}
      <form onSubmit={save} className={styles.form}>
        <input
          ref={input}
          aria-label="New label"
          placeholder="What is this feature? (l)"
          value={text}
          maxLength={512}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <div className={styles.row}>
          <button
            type="submit"
            data-kind="primary"
            disabled={text.trim() === ""}
          >
            Save label
          </button>
        </div>
      </form>
      {change.error ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
    </section>
  );
}

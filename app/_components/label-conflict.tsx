"use client";

import { useState } from "react";
import type { Label } from "#lib/contract/index";
import styles from "./label-panel.module.css";

interface LabelConflictProps {
  mine: string;
  theirs: Label;
  onSave: (text: string) => void;
  onKeepTheirs: () => void;
}

/** Two edits met: both are shown, and one text is made of them. */
export function LabelConflict(props: LabelConflictProps) {
  const { mine, theirs, onSave, onKeepTheirs } = props;
  const [merged, setMerged] = useState(mine);
  return (
    <div
      role="alertdialog"
      aria-label="Conflicting edit"
      className={styles.conflict}
    >
      <p>
        <strong>{theirs.editor.name}</strong> changed this label meanwhile.
      </p>
      <dl>
        <dt>Theirs, saved</dt>
        <dd>{theirs.text}</dd>
        <dt>Yours, not saved</dt>
        <dd>{mine}</dd>
      </dl>
      <textarea
        aria-label="Merged label"
        value={merged}
        maxLength={512}
        rows={2}
        onChange={(event) => {
          setMerged(event.target.value);
        }}
      />
      <div className={styles.row}>
        <button
          type="button"
          data-kind="primary"
          onClick={() => {
            onSave(merged.trim());
          }}
          disabled={merged.trim() === ""}
        >
          Save this text
        </button>
        <button type="button" onClick={onKeepTheirs}>
          Keep theirs
        </button>
      </div>
    </div>
  );
}

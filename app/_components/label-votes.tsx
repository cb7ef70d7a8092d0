"use client";

import type { Label } from "#lib/contract/index";
import styles from "./label-panel.module.css";

interface LabelVotesProps {
  label: Label;
  onVote: (value: 1 | -1 | 0) => void;
  /** Why the viewer may not vote. */
  refusal: string | undefined;
}

/** Votes for and against what a label says; one's own is pressed. */
export function LabelVotes({ label, onVote, refusal }: LabelVotesProps) {
  const button = (value: 1 | -1, sign: string, name: string, count: number) => (
    <button
      type="button"
      aria-label={`${name}: ${count}`}
      aria-pressed={label.myVote === value}
      title={refusal ?? name}
      disabled={refusal !== undefined}
      onClick={() => {
        onVote(label.myVote === value ? 0 : value);
      }}
    >
      <span aria-hidden="true">{sign}</span> {count}
    </button>
  );
  return (
    <span className={styles.votes} role="group" aria-label="Votes">
      {button(1, "▲", "Vote for", label.up)}
      {button(-1, "▼", "Vote against", label.down)}
    </span>
  );
}

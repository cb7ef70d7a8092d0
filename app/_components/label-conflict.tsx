"use client";

import { useEffect, useRef, type KeyboardEvent } from "react";
import { LABEL_MAX, type Label } from "#lib/contract/index";
import { bothTexts, contentsOf, draftOf, type LabelDraft } from "./label-draft";
import { LabelDetails } from "./label-form";
import { WordDiff } from "./word-diff";
import { isTyping } from "./is-typing";
import styles from "./label-panel.module.css";

interface LabelConflictProps {
  /** What one wrote, and what it was made from. */
  mine: LabelDraft;
  /** What somebody else saved meanwhile. */
  theirs: Label;
  /** What is to be saved. */
  merged: LabelDraft;
  onChange: (merged: LabelDraft) => void;
  onSave: () => void;
  onKeepTheirs: () => void;
}

/** Two edits met: both are shown, and one label is made of them. */
export function LabelConflict(props: LabelConflictProps) {
  const { mine, theirs, merged, onChange, onSave, onKeepTheirs } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  const base = mine.base ?? theirs;
  const both = bothTexts(theirs.text, mine.text.trim());
  const takes: [key: string, name: string, text: string][] = [
    ["1", "Take theirs", theirs.text],
    ["2", "Take mine", mine.text],
    ["3", "Take both", both],
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSave();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target)) return;
    const take = takes.find(([key]) => key === event.key);
    if (!take) return;
    event.preventDefault();
    onChange({ ...merged, text: take[2] });
  };
  return (
    <div
      ref={box}
      role="alertdialog"
      aria-label="Conflicting edit"
      className={styles.conflict}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <p>
        <strong>{theirs.editor.name}</strong>{" "}
        {theirs.deleted ? "deleted" : "changed"} this label meanwhile. Nothing
        of yours is lost.
      </p>
      <dl>
        <dt>Before</dt>
        <dd>{base.text}</dd>
        <dt>Theirs, saved</dt>
        <dd>
          <WordDiff from={base.text} to={theirs.text} />
          <Details of={draftOf(theirs)} />
        </dd>
        <dt>Yours, not saved</dt>
        <dd>
          <WordDiff from={base.text} to={mine.text} />
          <Details of={mine} />
        </dd>
      </dl>
      <div className={styles.row}>
        {takes.map(([key, name, text]) => (
          <button
            key={key}
            type="button"
            title={`${name} (${key})`}
            onClick={() => {
              onChange({ ...merged, text });
            }}
          >
            {name} <kbd>{key}</kbd>
          </button>
        ))}
      </div>
      <textarea
        aria-label="Merged label"
        value={merged.text}
        maxLength={LABEL_MAX}
        rows={2}
        onChange={(event) => {
          onChange({ ...merged, text: event.target.value.replace(/\n/g, " ") });
        }}
      />
      <LabelDetails draft={merged} onChange={onChange} />
      <div className={styles.row}>
        <button
          type="button"
          data-kind="primary"
          onClick={onSave}
          disabled={contentsOf(merged).text === "" || theirs.deleted}
          title="Save (Ctrl+Enter)"
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

function Details({ of }: { of: LabelDraft }) {
  const { note, confidence, tags } = contentsOf(of);
  const said = [
    note === null ? null : `Note: ${note}`,
    confidence === null ? null : `Confidence: ${confidence}`,
    tags.length === 0 ? null : `Tags: ${tags.join(", ")}`,
  ].filter((part) => part !== null);
  if (said.length === 0) return null;
  return <span className={styles.noteDiff}>{said.join(" · ")}</span>;
}

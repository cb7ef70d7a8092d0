"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Label } from "#lib/contract/index";
import { keyed, useLabelChange } from "#app/_queries/labels";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { formatTime } from "./format";
import { draftOf, labelDraftSchema } from "./label-draft";
import { LabelEditor } from "./label-editor";
import { LabelOrigin } from "./label-origin";
import { LabelScore } from "./label-score";
import { LabelVotes } from "./label-votes";
import { useDraft } from "./use-draft";
import { useHotkey } from "./use-hotkey";
import styles from "./label-panel.module.css";

// Few ask for it; it comes when they do.
const LabelHistory = dynamic(() =>
  import("./label-history").then((m) => m.LabelHistory),
);

interface LabelItemProps {
  saeId: string;
  label: Label;
  /** The one that the keys are for. */
  chosen: boolean;
  onDelete: (label: Label) => void;
}

/** One label: read, vote on, decide on, edit, delete, look at its history. */
export function LabelItem(props: LabelItemProps) {
  const { saeId, label, chosen, onDelete } = props;
  const viewer = useViewer();
  const key = `${viewer?.id ?? ""}.${saeId}.${label.feature}.${label.id}`;
  const [draft, setDraft] = useDraft(key, labelDraftSchema);
  const [history, setHistory] = useState(false);
  const change = useLabelChange(saeId, label.feature);
  const saved = label.id > 0;
  const own = viewer?.id === label.author.id;
  const no = {
    vote: own
      ? "Nobody votes on their own label."
      : refusalOf(viewer, "label.vote"),
    edit: refusalOf(viewer, "label.edit", label.author.id),
    delete: refusalOf(viewer, "label.delete", label.author.id),
    revert: refusalOf(viewer, "label.revert", label.author.id),
    accept: refusalOf(viewer, "label.accept"),
  };

  const vote = (value: 1 | -1 | 0) => {
    change.mutate(keyed({ kind: "vote", label, value }));
  };
  const accept = () => {
    const accepted = label.acceptedBy === null;
    change.mutate(keyed({ kind: "accept", label, accepted }));
  };
  const edit = () => {
    setDraft(draftOf(label));
  };
  const can = (refusal: string | undefined, action: () => void) => () => {
    if (chosen && saved && refusal === undefined) action();
  };
  useHotkey(
    "+",
    can(no.vote, () => {
      vote(label.myVote === 1 ? 0 : 1);
    }),
  );
  useHotkey(
    "-",
    can(no.vote, () => {
      vote(label.myVote === -1 ? 0 : -1);
    }),
  );
  useHotkey("a", can(no.accept, accept));
  useHotkey("i", can(no.edit, edit));
  useHotkey(
    "h",
    can(undefined, () => {
      setHistory(!history);
    }),
  );

  const quiet = (
    name: string,
    refusal: string | undefined,
    action: () => void,
  ) => (
    <button
      type="button"
      data-kind="quiet"
      title={refusal}
      disabled={refusal !== undefined || !saved}
      onClick={action}
    >
      {name}
    </button>
  );
  return (
    <li className={styles.label} aria-current={chosen || undefined}>
      {draft === null ? (
        <>
          <p className={styles.text}>{label.text}</p>
          {label.note === null ? null : (
            <p className={styles.note}>{label.note}</p>
          )}
        </>
      ) : (
        <LabelEditor
          saeId={saeId}
          label={label}
          draft={draft}
          onDraft={setDraft}
        />
      )}
      <LabelFacts label={label} />
      <LabelScore saeId={saeId} feature={label.feature} label={label.id} />
      <LabelOrigin label={label} />
      <div className={styles.meta}>
        <LabelVotes
          label={label}
          onVote={vote}
          refusal={saved ? no.vote : "Being saved."}
        />
        {label.acceptedBy || no.accept === undefined
          ? quiet(
              label.acceptedBy ? "Withdraw acceptance" : "Accept",
              no.accept,
              accept,
            )
          : null}
        {draft === null ? quiet("Edit", no.edit, edit) : null}
        <button
          type="button"
          data-kind="quiet"
          aria-expanded={history}
          disabled={!saved}
          onClick={() => {
            setHistory(!history);
          }}
        >
          History
        </button>
        {quiet("Delete", no.delete, () => {
          onDelete(label);
        })}
      </div>
      {history && saved ? (
        <LabelHistory
          label={label}
          onRevert={
            no.revert === undefined
              ? (to) => {
                  change.mutate(keyed({ kind: "revert", label, to }));
                }
              : undefined
          }
        />
      ) : null}
      {change.error ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
    </li>
  );
}

/** Who wrote it and when, how sure they were, its tags, who decided for it. */
function LabelFacts({ label }: { label: Label }) {
  const others = label.editor.id !== label.author.id;
  return (
    <p className={styles.facts}>
      {label.accepted ? (
        <strong className={styles.accepted}>
          <span aria-hidden="true">✓</span>{" "}
          {label.acceptedBy
            ? `accepted by ${label.acceptedBy.name}`
            : "accepted by votes"}
        </strong>
      ) : null}
      <span>
        {label.author.name}, {formatTime(label.updatedAt)}
        {label.version > 1 ? ` (edit ${label.version - 1})` : ""}
        {others ? `, last by ${label.editor.name}` : ""}
      </span>
      {label.confidence === null ? null : (
        <span>{label.confidence} confidence</span>
      )}
      {label.tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
        </span>
      ))}
    </p>
  );
}

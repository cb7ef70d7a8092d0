"use client";

import { useQuery } from "@tanstack/react-query";
import type { Label, LabelHistory as History } from "#lib/contract/index";
import { labelHistoryQuery } from "#app/_queries/labels";
import { formatTime } from "./format";
import { WordDiff } from "./word-diff";
import styles from "./label-panel.module.css";

interface LabelHistoryProps {
  label: Label;
  /** Left out: the viewer may not bring an earlier text back. */
  onRevert?: ((to: number) => void) | undefined;
}

/** Every revision of a label, newest first, each against the one before. */
export function LabelHistory({ label, onRevert }: LabelHistoryProps) {
  const { data, error } = useQuery(labelHistoryQuery(label.id));
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p className="muted small">Loading history …</p>;
  const revisions = data.revisions.toSorted((a, b) => b.version - a.version);
  return (
    <ol className={styles.history} aria-label="History" reversed>
      {revisions.map((revision, i) => (
        <li key={revision.version}>
          <Changed now={revision} before={revisions[i + 1]} />
          <span className="muted">
            {" "}
            {revision.kind} by {revision.author.name}, {formatTime(revision.at)}
          </span>
          {onRevert && i > 0 && revision.kind !== "deleted" ? (
            <button
              type="button"
              data-kind="quiet"
              aria-label={`Revert to version ${revision.version}`}
              onClick={() => {
                onRevert(revision.version);
              }}
            >
              Revert to this
            </button>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

type Revision = History["revisions"][number];

function Changed(props: { now: Revision; before: Revision | undefined }) {
  const { now, before } = props;
  if (now.kind === "deleted") return <em>deleted</em>;
  const details = before ? detailChanges(before, now) : [];
  return (
    <>
      <WordDiff from={before?.text ?? now.text} to={now.text} />
      {before && before.note !== now.note ? (
        <span className={styles.noteDiff}>
          Note: <WordDiff from={before.note ?? ""} to={now.note ?? ""} />
        </span>
      ) : null}
      {details.map((change) => (
        <span key={change} className={styles.noteDiff}>
          {change}
        </span>
      ))}
    </>
  );
}

function detailChanges(before: Revision, now: Revision): string[] {
  const changes: string[] = [];
  const tags = [before.tags.join(", "), now.tags.join(", ")] as const;
  const sure = [before.confidence, now.confidence] as const;
  const said = (value: string | null) => value ?? "not said";
  if (sure[0] !== sure[1]) {
    changes.push(`Confidence: ${said(sure[0])} → ${said(sure[1])}`);
  }
  if (tags[0] !== tags[1]) {
    changes.push(`Tags: ${tags[0] || "none"} → ${tags[1] || "none"}`);
  }
  return changes;
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { labelHistoryQuery } from "#app/_queries/labels";
import { formatTime } from "./format";
import styles from "./label-panel.module.css";

/** Every revision of a label, newest first. */
export function LabelHistory({ labelId }: { labelId: number }) {
  const { data, error } = useQuery(labelHistoryQuery(labelId));
  if (error) return <p role="alert">{error.message}</p>;
  if (!data) return <p className="muted small">Loading history …</p>;
  return (
    <ol className={styles.history} aria-label="History" reversed>
      {data.revisions
        .toSorted((a, b) => b.version - a.version)
        .map((revision) => (
          <li key={revision.version}>
            {revision.kind === "deleted" ? <em>deleted</em> : revision.text}
            <span className="muted">
              {" "}
              {revision.kind} by {revision.author.name},{" "}
              {formatTime(revision.at)}
            </span>
          </li>
        ))}
    </ol>
  );
}

"use client";

import Link from "next/link";
import type { EvidenceRow } from "#lib/contract/index";
import { ScoreBadge } from "./label-score";
import { saeLink } from "./sae-links";
import { StateBadge } from "./state-badge";
import styles from "./evidence-view.module.css";

interface EvidenceTableProps {
  saeId: string;
  rows: readonly EvidenceRow[];
  busy: boolean;
}

/** Labels with what speaks for and against them. */
export function EvidenceTable({ saeId, rows, busy }: EvidenceTableProps) {
  return (
    <div
      className={styles.scroll}
      tabIndex={0}
      role="group"
      aria-label="Labels"
    >
      <table className={styles.table} aria-busy={busy}>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Label</th>
            <th scope="col">Score (95 % interval)</th>
            <th scope="col">Quizzes</th>
            <th scope="col">People</th>
            <th scope="col">Votes</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <td>
                <Link href={saeLink(saeId, `feature/${row.feature}`)}>
                  #{row.feature}
                </Link>
              </td>
              <td className={styles.text}>
                {row.text} <span className="muted">{row.author.name}</span>
              </td>
              <td>
                {row.score ? (
                  <ScoreBadge score={row.score} />
                ) : (
                  <span className="muted">untested</span>
                )}
              </td>
              <td>{row.score?.quizzes ?? 0}</td>
              <td>{row.score?.people ?? 0}</td>
              <td>
                +{row.up} −{row.down}
              </td>
              <td>
                <StateBadge state={row.state} />
                {row.accepted ? " this label" : ""}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

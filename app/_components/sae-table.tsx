"use client";

import Link from "next/link";
import type { SaeSummary } from "#lib/contract/index";
import { architectureName } from "./architecture";
import { formatCount, formatPercent, formatTime } from "./format";
import { SAE_SORTS, type SaeChoice, type SaeSort } from "./sae-choice";
import { saeLink } from "./sae-links";
import { SortHeader } from "./sort-header";
import styles from "./feature-table.module.css";

interface SaeTableProps {
  saes: readonly SaeSummary[];
  choice: SaeChoice;
  onSort: (sort: SaeSort) => void;
}

/** Many SAEs, a line each. */
export function SaeTable({ saes, choice, onSort }: SaeTableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {(Object.keys(SAE_SORTS) as SaeSort[]).map((sort) => (
              <SortHeader
                key={sort}
                name={SAE_SORTS[sort].name}
                order={choice.sort === sort ? choice.order : null}
                onSort={() => {
                  onSort(sort);
                }}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {saes.map((sae) => (
            <tr key={sae.id}>
              <td>
                <Link href={saeLink(sae.id)} prefetch={false} title={sae.id}>
                  {sae.modelName} {sae.hookName}
                </Link>
              </td>
              <td>{architectureName(sae)}</td>
              <td>{formatCount(sae.dSae)}</td>
              <td>{sae.evaluation?.l0.toFixed(1) ?? "–"}</td>
              <td>{sae.evaluation?.fvu.toFixed(3) ?? "–"}</td>
              <td>{sae.evaluation?.deltaCe.toFixed(3) ?? "–"}</td>
              <td>
                {sae.evaluation === null
                  ? "–"
                  : formatPercent(sae.evaluation.deadFraction, 1)}
              </td>
              <td>
                {formatCount(sae.labelledFeatures)}{" "}
                <span className="muted">
                  (
                  {formatPercent(
                    sae.labelledFeatures / Math.max(1, sae.liveFeatures),
                    1,
                  )}
                  )
                </span>
              </td>
              <td>{formatTime(sae.indexedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

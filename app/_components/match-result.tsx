"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import type { MatchState, SaeComparison } from "#lib/contract/index";
import { formatCount, formatPercent, formatTime } from "./format";
import { MatchTable } from "./match-table";
import { matchCounts, matchViewFrom } from "./match-view";
import { useUrlParams } from "./use-url-params";
import styles from "./match.module.css";

const CosineHistogram = dynamic(
  () => import("./cosine-histogram").then((m) => m.CosineHistogram),
  { ssr: false, loading: () => <div style={{ height: 230 }} /> },
);

interface MatchResultProps {
  comparison: SaeComparison;
  match: Extract<MatchState, { state: "ready" }>;
  /** Stands before the table. */
  children: ReactNode;
}

/** How much two SAEs have in common, and the features themselves. */
export function MatchResult(props: MatchResultProps) {
  const { comparison, match, children } = props;
  const [params, change] = useUrlParams();
  const view = matchViewFrom(params);
  const { threshold, state } = view;
  const setThreshold = (t: number) => {
    change({ t: t.toFixed(2) });
  };
  const sides = (["a", "b"] as const).map((side) => ({
    side,
    id: comparison[side].id,
    other: comparison[side === "a" ? "b" : "a"].id,
    figures: match[side][state],
  }));
  return (
    <>
      <section className={`card ${styles.panel}`} aria-labelledby="common">
        <div className={styles.head}>
          <h2 id="common">Features in common</h2>
          <p className="muted small">
            By cosine of the decoder directions · matched{" "}
            {formatTime(match.createdAt)}
          </p>
        </div>
        <div className={styles.controls}>
          <label className={styles.threshold}>
            <span>
              Same from cosine <strong>{threshold.toFixed(2)}</strong>
            </span>
            <input
              type="range"
              min={0}
              max={1}
              step={0.01}
              value={threshold}
              onChange={(event) => {
                setThreshold(event.target.valueAsNumber);
              }}
            />
          </label>
          <label className={styles.switch}>
            <input
              type="checkbox"
              checked={state === "all"}
              onChange={(event) => {
                change({ state: event.target.checked ? "all" : null });
              }}
            />
            with features that never fired
          </label>
        </div>
        <div className={styles.scroll}>
          <table className={styles.counts}>
            <thead>
              <tr>
                <th scope="col">features of</th>
                <th scope="col">matched</th>
                <th scope="col">shared</th>
                <th scope="col">unmatched</th>
                <th
                  scope="col"
                  title="Mean over its features of the cosine with the nearest feature of the other SAE (MMCS)."
                >
                  mean best cosine
                </th>
              </tr>
            </thead>
            <tbody>
              {sides.map(({ side, id, figures }) => {
                const counts = matchCounts(figures, threshold);
                return (
                  <tr key={side}>
                    <th scope="row">{id}</th>
                    {(["matched", "shared", "unmatched"] as const).map(
                      (list) => (
                        <td key={list}>
                          {formatCount(counts[list])}{" "}
                          <span className="muted">
                            {formatPercent(
                              counts[list] / Math.max(1, counts.features),
                              1,
                            )}
                          </span>
                        </td>
                      ),
                    )}
                    <td>{figures.meanCosine.toFixed(3)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <div className={styles.plots}>
          {sides.map(({ side, id, other, figures }) => (
            <CosineHistogram
              key={side}
              title={`${id} → ${other}`}
              counts={figures.histogram}
              threshold={threshold}
              onThreshold={setThreshold}
            />
          ))}
        </div>
      </section>
      {children}
      <MatchTable comparison={comparison} match={match} view={view} />
    </>
  );
}

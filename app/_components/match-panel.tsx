"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import type { SaeComparison } from "#lib/contract/index";
import { comparisonQuery, startMatch } from "#app/_queries/compare";
import { formatCount } from "./format";
import { MatchResult } from "./match-result";
import styles from "./match.module.css";

interface MatchPanelProps {
  comparison: SaeComparison;
  /** Stands between the figures of the match and its table. */
  children: ReactNode;
}

/** The features of two SAEs matched; where that is not done yet, it is begun. */
export function MatchPanel({ comparison, children }: MatchPanelProps) {
  const { a, b, match } = comparison;
  const pair = { a: a.id, b: b.id };
  const client = useQueryClient();
  const { mutate, error } = useMutation({
    mutationFn: () => startMatch(pair),
    onSuccess: () =>
      client.invalidateQueries({ queryKey: comparisonQuery(pair).queryKey }),
  });
  const missing = match.state === "missing";
  useEffect(() => {
    if (missing) mutate();
  }, [missing, mutate]);
  if (match.state === "ready") {
    return (
      <MatchResult comparison={comparison} match={match}>
        {children}
      </MatchResult>
    );
  }
  return (
    <>
      <section className="card" aria-labelledby="matching">
        <h2 id="matching">Features in common</h2>
        {match.state === "impossible" ? (
          <p role="note">{match.message}</p>
        ) : null}
        {match.state === "failed" || error ? (
          <p role="alert">
            {match.state === "failed" ? match.message : error?.message}{" "}
            <button
              type="button"
              onClick={() => {
                mutate();
              }}
            >
              Try again
            </button>
          </p>
        ) : null}
        {match.state === "running" || (missing && !error) ? (
          <Running {...(match.state === "running" ? match : NOTHING)} />
        ) : null}
      </section>
      {children}
    </>
  );
}

const NOTHING = { done: 0, total: 0 };

function Running({ done, total }: { done: number; total: number }) {
  return (
    <div role="status">
      <p>
        Matching the two by the cosine of every pair of decoder directions: done
        once, then kept.{" "}
        {total === 0
          ? "Starting …"
          : `${formatCount(done)} of ${formatCount(total)} features.`}
      </p>
      <progress
        className={styles.progress}
        aria-label="Features matched"
        value={done}
        max={Math.max(1, total)}
      />
    </div>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ROWS_MAX } from "#lib/contract/index";
import { featureRowsQuery } from "#app/_queries/feature-list";
import { formatActivation, formatCount, formatPercent } from "./format";
import { TokenChips } from "./token-chip";
import styles from "./feature-table.module.css";

interface FeaturePicksProps {
  saeId: string;
  /** Features, the most telling first; only the first are listed. */
  features: readonly number[];
}

/** A list of features that were picked on a map. */
export function FeaturePicks({ saeId, features }: FeaturePicksProps) {
  const listed = features.slice(0, ROWS_MAX);
  const { data, error, refetch } = useQuery(featureRowsQuery(saeId, listed));
  return (
    <section className={styles.section} aria-label="Selected features">
      <div className={styles.head}>
        <h2>Selected</h2>
        <p className="muted small" role="status">
          {formatCount(features.length)}{" "}
          {features.length === 1 ? "feature" : "features"}
          {features.length > listed.length
            ? `; the ${listed.length} that fire most`
            : ""}
        </p>
      </div>
      {error ? (
        <p role="alert">
          {error.message}{" "}
          <button type="button" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : null}
      {data === undefined ? null : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Feature</th>
                <th scope="col">Frequency</th>
                <th scope="col">Max</th>
                <th scope="col">Fires on</th>
                <th scope="col">Label</th>
              </tr>
            </thead>
            <tbody>
              {data.features.map((feature) => (
                <tr key={feature.index}>
                  <td>
                    <Link
                      href={`/sae/${encodeURIComponent(saeId)}/feature/${feature.index}`}
                      prefetch={false}
                    >
                      #{feature.index}
                    </Link>
                  </td>
                  <td>{formatPercent(feature.density)}</td>
                  <td>{formatActivation(feature.maxActivation)}</td>
                  <td>
                    <TokenChips tokens={feature.topTokens.slice(0, 6)} />
                  </td>
                  <td className={styles.label}>{feature.label}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

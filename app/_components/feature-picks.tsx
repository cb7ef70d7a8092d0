"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { memo, useState } from "react";
import { featureRowsQuery } from "#app/_queries/feature-list";
import { CopyButton } from "./copy-button";
import { formatActivation, formatCount, formatPercent } from "./format";
import { Refusal } from "./refusal";
import { TokenChips } from "./token-chip";
import styles from "./feature-table.module.css";

interface FeaturePicksProps {
  saeId: string;
  /** "Selected" … */
  title: string;
  /** Features in the list's order. */
  features: readonly number[];
}

const PAGE = 50;

/**
 * A list of features that were picked on a map, page by page. It does not
 * follow every movement of the map.
 */
export const FeaturePicks = memo(function FeaturePicks({
  saeId,
  title,
  features,
}: FeaturePicksProps) {
  const [pages, setPages] = useState(1);
  const listed = Math.min(features.length, pages * PAGE);
  return (
    <section className={styles.section} aria-label={`${title}: features`}>
      <div className={styles.head}>
        <h2>{title}</h2>
        <p className="muted small" role="status">
          {formatCount(features.length)}{" "}
          {features.length === 1 ? "feature" : "features"}
          {features.length > 1 ? ", those that fire most first" : ""}
        </p>
        {features.length === 0 ? null : (
          <CopyButton text={features.join(", ")} name="Copy numbers" />
        )}
      </div>
      {features.length === 0 ? null : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Feature</th>
                <th scope="col">Frequency</th>
                <th scope="col">Mean</th>
                <th scope="col">Max</th>
                <th scope="col">Fires on</th>
                <th scope="col">Label</th>
              </tr>
            </thead>
            {Array.from({ length: Math.ceil(listed / PAGE) }, (_, page) => (
              <PickRows
                key={page}
                saeId={saeId}
                features={features.slice(page * PAGE, (page + 1) * PAGE)}
              />
            ))}
          </table>
        </div>
      )}
      {listed < features.length ? (
        <button
          type="button"
          className={styles.more}
          onClick={() => {
            setPages(pages + 1);
          }}
        >
          Show more
        </button>
      ) : null}
    </section>
  );
});

interface PickRowsProps {
  saeId: string;
  features: readonly number[];
}

function PickRows({ saeId, features }: PickRowsProps) {
  const { data, error, refetch } = useQuery(featureRowsQuery(saeId, features));
  if (data === undefined) {
    return (
      <tbody>
        <tr>
          <td colSpan={6}>
            {error ? (
              <Refusal error={error} onAgain={() => void refetch()} />
            ) : (
              "Loading …"
            )}
          </td>
        </tr>
      </tbody>
    );
  }
  return (
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
          <td>{formatActivation(feature.meanActivation)}</td>
          <td>{formatActivation(feature.maxActivation)}</td>
          <td>
            <TokenChips tokens={feature.topTokens.slice(0, 6)} />
          </td>
          <td className={styles.label}>{feature.label}</td>
        </tr>
      ))}
    </tbody>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { FeatureDetail, RelatedFeature } from "#lib/contract/index";
import { neighboursQuery } from "#app/_queries/features";
import { compareHref, featureHref } from "./feature-links";
import { formatCount, formatPercent } from "./format";
import { TokenChips } from "./token-chip";
import styles from "./feature-tables.module.css";

/** Features whose decoder directions are nearest to this one's. */
export function Neighbours({ feature }: { feature: FeatureDetail }) {
  const [all, setAll] = useState(false);
  const { data } = useQuery({
    ...neighboursQuery(feature.saeId, feature.index),
    enabled: all,
  });
  const shown = all && data ? data.neighbours : feature.neighbours;
  return (
    <section>
      <h2>Nearest features</h2>
      <p className="muted small">By cosine of the decoder directions.</p>
      <RelatedTable
        saeId={feature.saeId}
        index={feature.index}
        columns={["cosine"]}
        rows={shown.map((n) => [n, [n.cosine.toFixed(2)]])}
      />
      {feature.neighbourCount > shown.length ? (
        <button
          type="button"
          data-kind="quiet"
          aria-busy={all}
          onClick={() => {
            setAll(true);
          }}
        >
          Show all {feature.neighbourCount}
        </button>
      ) : null}
    </section>
  );
}

/** Features that fire on the same tokens. */
export function CoFiring({ feature }: { feature: FeatureDetail }) {
  const { tokens, firings, features } = feature.coFiring;
  return (
    <section>
      <h2>Fires together with</h2>
      <p className="muted small">
        By correlation of firing or not, on {formatCount(tokens)} tokens with{" "}
        {formatCount(firings)} firings of this feature.
      </p>
      {features.length === 0 ? (
        <p className="small">No feature fires with it more than by chance.</p>
      ) : (
        <RelatedTable
          saeId={feature.saeId}
          index={feature.index}
          columns={["corr.", "of its firings"]}
          rows={features.map((f) => [
            f,
            [f.correlation.toFixed(2), formatPercent(f.count / firings, 0)],
          ])}
        />
      )}
    </section>
  );
}

interface RelatedTableProps {
  saeId: string;
  index: number;
  columns: string[];
  rows: [RelatedFeature, string[]][];
}

function RelatedTable({ saeId, index, columns, rows }: RelatedTableProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">feature</th>
          {columns.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
          <th scope="col">label, or tokens</th>
          <th scope="col">
            <span className="visually-hidden">side by side</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([{ feature, label, topTokens }, cells]) => (
          <tr key={feature}>
            <td>
              <Link href={featureHref(saeId, feature)} prefetch={false}>
                #{feature}
              </Link>
            </td>
            {cells.map((cell, i) => (
              <td key={columns[i]}>{cell}</td>
            ))}
            <td className={styles.words}>
              {label ?? <TokenChips tokens={topTokens.slice(0, 4)} />}
            </td>
            <td>
              <Link
                href={compareHref({ saeId, index }, { saeId, index: feature })}
                aria-label={`Compare with #${feature}`}
                title={`Side by side with #${feature}`}
                prefetch={false}
              >
                <span aria-hidden="true">⇄</span>
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

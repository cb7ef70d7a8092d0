"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import {
  clauseOf,
  naturalOrder,
  parseQuery,
  withParts,
  type SortKey,
  type SortOrder,
} from "#lib/query/index";
import { featureListQuery } from "#app/_queries/feature-list";
import { FilterBar } from "./filter-bar";
import { formatActivation, formatCount, formatPercent } from "./format";
import { problemsOf } from "./query-problems";
import { ShowMore } from "./show-more";
import { SortHeader } from "./sort-header";
import { TokenChips } from "./token-chip";
import { useKept } from "./use-kept";
import { useUrlText } from "./use-url-text";
import styles from "./feature-table.module.css";

const COLUMNS = [
  { sort: "index", name: "Feature" },
  { sort: "density", name: "Frequency" },
  { sort: "mean", name: "Mean" },
  { sort: "max", name: "Max" },
] as const satisfies { sort: SortKey; name: string }[];

/** Every feature of an SAE: sorted, filtered, page by page; the URL holds it all. */
export function FeatureTable({ saeId }: { saeId: string }) {
  const [text, setText, q] = useUrlText("q", 250);
  const table = useInfiniteQuery({
    ...featureListQuery(saeId, q),
    enabled: parseQuery(q).problems.length === 0,
    placeholderData: keepPreviousData,
  });
  const { error, isFetching, refetch } = table;
  const pages = useKept(table.data?.pages);
  const refused = problemsOf(error);
  const sortBy = (key: SortKey) => {
    const order = nextOrder(text, key);
    setText(
      withParts(text, (clause) => clause.field === "sort", [
        { field: "sort", key, order, negated: false },
      ]),
    );
  };
  const first = pages?.[0];
  return (
    <section className={styles.section} aria-label="Features">
      <div className={styles.head}>
        <h2>Features</h2>
        <p className="muted small" role="status">
          {first === undefined
            ? "Loading …"
            : `${formatCount(first.total)}${first.capped ? "+" : ""} match`}
        </p>
      </div>
      <FilterBar text={text} refused={refused} onChange={setText} />
      {error && refused.length === 0 ? (
        <p role="alert">
          {error.message}{" "}
          <button type="button" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : null}
      <div className={styles.scroll}>
        <table className={styles.table} aria-busy={isFetching}>
          <thead>
            <tr>
              {COLUMNS.map(({ sort, name }) => (
                <SortHeader
                  key={sort}
                  name={name}
                  order={orderBy(text, sort)}
                  onSort={() => {
                    sortBy(sort);
                  }}
                />
              ))}
              <th scope="col">Fires on</th>
              <th scope="col">Label</th>
            </tr>
          </thead>
          <tbody>
            {pages?.flatMap((page) =>
              page.features.map((feature) => (
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
                  <td className={styles.label}>
                    {feature.label}
                    {feature.labelCount > 1 ? (
                      <span className="muted"> +{feature.labelCount - 1}</span>
                    ) : null}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {first?.total === 0 ? (
        <p className="muted">No feature passes these filters.</p>
      ) : null}
      <ShowMore query={table}>Show more</ShowMore>
    </section>
  );
}

/** How the table is sorted by this column; null when by another. */
function orderBy(text: string, key: SortKey): SortOrder | null {
  const sort = clauseOf(parseQuery(text), "sort");
  if (sort === undefined) return key === "density" ? "desc" : null;
  return sort.key === key ? sort.order : null;
}

/** The order that choosing the column's head brings. */
function nextOrder(text: string, key: SortKey): SortOrder {
  const order = orderBy(text, key);
  if (order !== null) return order === "desc" ? "asc" : "desc";
  return naturalOrder(key);
}

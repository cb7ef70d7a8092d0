"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import {
  featureListQuery,
  parseTableView,
  TABLE_KEYS,
  type TableView,
} from "#app/_queries/feature-list";
import { FilterBar } from "./filter-bar";
import { formatActivation, formatCount, formatPercent } from "./format";
import { SortHeader, type SortOrder } from "./sort-header";
import { TokenChips } from "./token-chip";
import styles from "./feature-table.module.css";

const COLUMNS = [
  { sort: "index", name: "Feature" },
  { sort: "density", name: "Frequency" },
  { sort: "meanActivation", name: "Mean" },
  { sort: "maxActivation", name: "Max" },
] as const;

/** Every feature of an SAE: sorted, filtered, page by page; the URL holds it all. */
export function FeatureTable({ saeId }: { saeId: string }) {
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const view = parseTableView(params);
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } =
    useInfiniteQuery({
      ...featureListQuery(saeId, view),
      placeholderData: keepPreviousData,
    });

  const change = (next: TableView) => {
    // What the page's plots keep in the address stays.
    const search = new URLSearchParams(params);
    for (const key of TABLE_KEYS) search.delete(key);
    for (const [key, value] of Object.entries(next)) search.set(key, value);
    router.replace(
      search.size === 0 ? pathname : `${pathname}?${search.toString()}`,
      { scroll: false },
    );
  };
  const first = data?.pages[0];
  return (
    <section className={styles.section} aria-label="Features">
      <div className={styles.head}>
        <h2>Features</h2>
        <p className="muted small" role="status">
          {first === undefined
            ? "Loading …"
            : `${formatCount(first.total)}${first.totalCapped ? "+" : ""} match`}
        </p>
      </div>
      <FilterBar view={view} onChange={change} />
      {error ? (
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
                  order={orderBy(view, sort)}
                  onSort={() => {
                    change({ ...view, sort, order: nextOrder(view, sort) });
                  }}
                />
              ))}
              <th scope="col">Fires on</th>
              <th scope="col">Label</th>
            </tr>
          </thead>
          <tbody>
            {data?.pages.flatMap((page) =>
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
      {hasNextPage ? (
        <button
          type="button"
          className={styles.more}
          disabled={isFetching}
          onClick={() => void fetchNextPage()}
        >
          Show more
        </button>
      ) : null}
    </section>
  );
}

type Sort = (typeof COLUMNS)[number]["sort"];

/** How the table is sorted by this column; null when by another. */
function orderBy(view: TableView, sort: Sort): SortOrder | null {
  if ((view.sort ?? "density") !== sort) return null;
  return view.order === "asc" ? "asc" : "desc";
}

/** The order that choosing the column's head brings. */
function nextOrder(view: TableView, sort: Sort): SortOrder {
  const order = orderBy(view, sort);
  if (order !== null) return order === "desc" ? "asc" : "desc";
  return sort === "index" ? "asc" : "desc";
}

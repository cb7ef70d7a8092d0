"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type {
  FeatureRow,
  MatchState,
  SaeComparison,
} from "#lib/contract/index";
import { MATCH_LISTS } from "#lib/contract/index";
import { matchListQuery } from "#app/_queries/compare";
import { compareHref, featureHref } from "./feature-links";
import { formatCount, formatPercent } from "./format";
import {
  MATCH_LIST_NAMES,
  matchCounts,
  type matchViewFrom,
} from "./match-view";
import { ShowMore } from "./show-more";
import { SortHeader } from "./sort-header";
import { TokenChips } from "./token-chip";
import { useUrlParams } from "./use-url-params";
import table from "./feature-table.module.css";
import styles from "./match.module.css";

interface MatchTableProps {
  comparison: SaeComparison;
  match: Extract<MatchState, { state: "ready" }>;
  view: ReturnType<typeof matchViewFrom>;
}

/** Matched, shared or unmatched features, page by page. */
export function MatchTable({ comparison, match, view }: MatchTableProps) {
  const [, change] = useUrlParams();
  const { a, b } = comparison;
  const query = useInfiniteQuery({
    ...matchListQuery({ a: a.id, b: b.id, ...view }),
    placeholderData: keepPreviousData,
  });
  const { data, error, isFetching } = query;
  const own = comparison[view.side];
  const other = comparison[view.side === "a" ? "b" : "a"];
  const counts = matchCounts(match[view.side][view.state], view.threshold);
  const { explained } = MATCH_LIST_NAMES[view.list];
  return (
    <section className={table.section} aria-label="Matched features">
      <div className={styles.controls}>
        <Choice
          legend="List"
          name="match-list"
          value={view.list}
          options={MATCH_LISTS.map((list) => [
            list,
            `${MATCH_LIST_NAMES[list].name} (${formatCount(counts[list])})`,
          ])}
          onChange={(list) => {
            change({ list: list === "matched" ? null : list });
          }}
        />
        <Choice
          legend="Features of"
          name="match-side"
          value={view.side}
          options={[
            ["a", a.id],
            ["b", b.id],
          ]}
          onChange={(side) => {
            change({ side: side === "a" ? null : side });
          }}
        />
      </div>
      <p className="muted small">{explained(other.id)}</p>
      {error ? <p role="alert">{error.message}</p> : null}
      <div className={table.scroll}>
        <table className={table.table} aria-busy={isFetching}>
          <thead>
            <tr>
              <th scope="col">{own.id}</th>
              <SortHeader
                name="Cosine"
                meaning="Cosine of the two decoder directions."
                order={view.order}
                onSort={() => {
                  change({ order: view.order === "desc" ? "asc" : null });
                }}
              />
              <th scope="col" title="Cosine of the two encoder directions.">
                Encoder
              </th>
              <th scope="col">nearest of {other.id}</th>
              <th scope="col">Both</th>
            </tr>
          </thead>
          <tbody>
            {data?.pages.flatMap((page) =>
              page.rows.map((row) => (
                <tr key={row.feature.index}>
                  <td>
                    <FeatureCell saeId={own.id} row={row.feature} />
                  </td>
                  <td>{row.cosine.toFixed(3)}</td>
                  <td>{row.encoderCosine.toFixed(3)}</td>
                  <td>
                    <FeatureCell saeId={other.id} row={row.best} />
                  </td>
                  <td>
                    <Link
                      prefetch={false}
                      href={compareHref(
                        { saeId: own.id, index: row.feature.index },
                        { saeId: other.id, index: row.best.index },
                      )}
                      aria-label={`Compare #${row.feature.index} of ${own.id} with #${row.best.index} of ${other.id}`}
                    >
                      Compare
                    </Link>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
      {data?.pages[0]?.total === 0 ? (
        <p className="muted">There is no such feature.</p>
      ) : null}
      <ShowMore query={query}>Show more</ShowMore>
    </section>
  );
}

function FeatureCell({ saeId, row }: { saeId: string; row: FeatureRow }) {
  return (
    <span className={styles.feature}>
      <Link href={featureHref(saeId, row.index)} prefetch={false}>
        #{row.index}
      </Link>
      <span className="muted">{formatPercent(row.density)}</span>
      {row.label ?? <TokenChips tokens={row.topTokens.slice(0, 4)} />}
    </span>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  name: string;
  value: T;
  options: [T, string][];
  onChange: (value: T) => void;
}

function Choice<T extends string>(props: ChoiceProps<T>) {
  const { legend, name, value, options, onChange } = props;
  return (
    <fieldset className={styles.choice}>
      <legend className="visually-hidden">{legend}</legend>
      {options.map(([option, text]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => {
              onChange(option);
            }}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

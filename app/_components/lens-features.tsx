"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { featureRowsQuery } from "#app/_queries/feature-list";
import type { LensText } from "#app/_queries/lens";
import { formatActivation, formatCount, formatPercent } from "./format";
import { LensFeatureName } from "./lens-feature-name";
import { LENS_DENSE, LENS_SORTS, rankFeatures } from "./lens-ranking";
import { SortHeader } from "./sort-header";
import type { LensState } from "./use-lens-state";
import styles from "./feature-table.module.css";
import panel from "./lens-panel.module.css";

const FIRST = 15;
/** Rows are described so many at once. */
const MOST = 200;

const MEANINGS = {
  max: "Largest activation in the text; choose it to go to that token",
  sum: "Sum of the activations over the text",
  rarity: "Largest activation × ln(1 / density): strong and rare",
  tokens: "Tokens of the text it fires on",
};

interface LensFeaturesProps {
  saeId: string;
  lens: LensText;
  state: LensState;
}

/** The features of the whole text, ranked. */
export function LensFeatures({ saeId, lens, state }: LensFeaturesProps) {
  const { params, change, choose } = state;
  const sort =
    LENS_SORTS.find((name) => name === params.get("sort")) ?? "rarity";
  const hideDense = params.get("dense") === "hide";
  const [count, setCount] = useState(FIRST);
  const ranked = useMemo(
    () => rankFeatures(lens, sort, hideDense),
    [lens, sort, hideDense],
  );
  const shown = ranked.slice(0, count);
  const described = useQuery({
    ...featureRowsQuery(
      saeId,
      shown.map(({ feature }) => feature),
    ),
    placeholderData: keepPreviousData,
  });
  const details = new Map(described.data?.features.map((f) => [f.index, f]));
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2>In the whole text</h2>
        <span className="muted small">
          {formatCount(ranked.length)} features
        </span>
        <label className={panel.check}>
          <input
            type="checkbox"
            checked={hideDense}
            onChange={(event) => {
              change({ dense: event.target.checked ? "hide" : null });
            }}
          />
          hide those on more than {formatPercent(LENS_DENSE, 0)} of tokens
        </label>
      </div>
      <div
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label="Features of the text"
      >
        <table className={`${styles.table} ${panel.whole}`}>
          <thead>
            <tr>
              <th scope="col">feature, frequency, label or tokens</th>
              {LENS_SORTS.map((name) => (
                <SortHeader
                  key={name}
                  name={name}
                  meaning={MEANINGS[name]}
                  order={sort === name ? "desc" : null}
                  onSort={() => {
                    change({ sort: name === "rarity" ? null : name });
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.feature}>
                <td className={styles.label}>
                  <LensFeatureName
                    saeId={saeId}
                    feature={row.feature}
                    row={details.get(row.feature)}
                    state={state}
                  />
                </td>
                <td>{formatActivation(row.rarity)}</td>
                <td>
                  <button
                    type="button"
                    data-kind="quiet"
                    title={`Go to token ${row.at}`}
                    onClick={() => {
                      choose(row.at);
                    }}
                  >
                    {formatActivation(row.max)}
                  </button>
                </td>
                <td>{formatActivation(row.sum)}</td>
                <td>{row.tokens}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ranked.length > count && count < MOST ? (
        <button
          type="button"
          className={styles.more}
          onClick={() => {
            setCount(Math.min(MOST, count === FIRST ? 50 : count + 50));
          }}
        >
          Show more
        </button>
      ) : null}
      {count === MOST && ranked.length > MOST ? (
        <p className="muted small">
          {MOST} of {formatCount(ranked.length)} are listed; the JSON has all.
        </p>
      ) : null}
    </section>
  );
}

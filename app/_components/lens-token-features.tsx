"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { LensToken } from "#lib/contract/index";
import { featureRowsQuery } from "#app/_queries/feature-list";
import type { LensText } from "#app/_queries/lens";
import { formatActivation } from "./format";
import { LensFeatureName } from "./lens-feature-name";
import { signed } from "./lens-painting";
import { SignedBar } from "./signed-bar";
import { SortHeader } from "./sort-header";
import { TokenChip } from "./token-chip";
import type { LensState } from "./use-lens-state";
import table from "./feature-tables.module.css";
import styles from "./lens-panel.module.css";

/** Shown before the rest is asked for. */
const FIRST = 12;

interface LensTokenFeaturesProps {
  saeId: string;
  lens: LensText;
  answer: LensToken | undefined;
  state: LensState;
}

/** The features of the chosen token: how strongly they fire, what they add. */
export function LensTokenFeatures(props: LensTokenFeaturesProps) {
  const { saeId, lens, answer, state } = props;
  const { token, params, change } = state;
  const [all, setAll] = useState(false);
  const byContribution = params.get("order") === "contribution";
  const measured = params.get("measured") === "1";
  const rows = useMemo(
    () => tokenRows(lens, token, answer, byContribution),
    [lens, token, answer, byContribution],
  );
  const shown = all ? rows : rows.slice(0, FIRST);
  const described = useQuery({
    ...featureRowsQuery(
      saeId,
      shown.slice(0, 200).map((row) => row.feature),
    ),
    placeholderData: keepPreviousData,
  });
  const details = new Map(described.data?.features.map((f) => [f.index, f]));
  const strongest = Math.max(...rows.map((row) => row.value), 1e-9);
  const largest = Math.max(
    ...rows.map((row) => Math.abs(row.part?.contribution ?? 0)),
    1e-9,
  );
  const sortBy = (order: string | null) => () => {
    change({ order });
  };
  return (
    <section className={styles.section}>
      <div className={styles.heading}>
        <h3>Features</h3>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={measured}
            onChange={(event) => {
              change({ measured: event.target.checked ? "1" : null });
            }}
          />
          measure effects
        </label>
      </div>
      {answer ? (
        <p className="muted small">
          Direct: to the logit of <TokenChip token={answer.target} />
          {answer.against === null ? null : (
            <>
              {" "}
              less <TokenChip token={answer.against} />
            </>
          )}
          .
        </p>
      ) : null}
      <table className={`${table.table} ${styles.features}`}>
        <thead>
          <tr>
            <th scope="col">feature</th>
            <SortHeader
              name="activation"
              order={byContribution ? null : "desc"}
              onSort={sortBy(null)}
            />
            <SortHeader
              name="direct"
              meaning="Contribution to the logit that is taken apart, on the direct path: activation × decoder direction through the final LayerNorm to the unembedding"
              order={byContribution ? "desc" : null}
              onSort={sortBy("contribution")}
            />
            {measured ? (
              <th
                scope="col"
                title="What the logit loses when the feature is taken off this token and the model is run on: later layers included"
              >
                measured
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ feature, value, part }) => (
            <tr key={feature}>
              <td>
                <LensFeatureName
                  saeId={saeId}
                  feature={feature}
                  row={details.get(feature)}
                  state={state}
                />
              </td>
              <td className={styles.number}>
                {formatActivation(value)}
                <span
                  className={styles.strength}
                  style={{ width: `${(100 * value) / strongest}%` }}
                  aria-hidden="true"
                />
              </td>
              <td className={styles.number}>
                {part ? signed(part.contribution) : "…"}
                <SignedBar share={(part?.contribution ?? 0) / largest} />
              </td>
              {measured ? (
                <td className={styles.number}>
                  {part?.measured ? (
                    <>
                      {signed(part.measured.logit)}
                      <span className="muted small">
                        <br />
                        log P {signed(part.measured.logProbability)}
                      </span>
                    </>
                  ) : (
                    <span className="muted">–</span>
                  )}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FIRST ? (
        <button
          type="button"
          data-kind="quiet"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? `Show ${FIRST}` : `Show all ${rows.length}`}
        </button>
      ) : null}
      {lens.l0[token]! > rows.length ? (
        <p className="muted small">
          The strongest {rows.length} of {lens.l0[token]} are listed.
        </p>
      ) : null}
      {measured ? (
        <p className="muted small">
          Measured for the features that contribute most directly: the model
          without the feature on this token. Effects do not add up.
        </p>
      ) : null}
    </section>
  );
}

interface TokenRow {
  feature: number;
  value: number;
  part: LensToken["features"][number] | undefined;
}

function tokenRows(
  { code }: LensText,
  token: number,
  answer: LensToken | undefined,
  byContribution: boolean,
): TokenRow[] {
  const parts = new Map(answer?.features.map((part) => [part.feature, part]));
  const from = code.rowPtr[token]!;
  const to = code.rowPtr[token + 1]!;
  const rows = Array.from(code.features.subarray(from, to), (feature, i) => ({
    feature,
    value: code.values[from + i]!,
    part: parts.get(feature),
  }));
  if (!byContribution) return rows;
  const size = (row: TokenRow) => Math.abs(row.part?.contribution ?? 0);
  return rows.sort((a, b) => size(b) - size(a) || b.value - a.value);
}

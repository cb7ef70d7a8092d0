"use client";

import type { SaeSummary } from "#lib/contract/index";
import {
  facetValues,
  SAE_FACETS,
  type SaeChoice,
  type SaeFacet,
} from "./sae-choice";
import styles from "./filter-bar.module.css";

interface SaeFilterProps {
  saes: readonly SaeSummary[];
  choice: SaeChoice;
  /** Empty: any. */
  onChoose: (facet: SaeFacet, value: string) => void;
}

/** Choices between models, hooks, architectures, where there are several. */
export function SaeFilter({ saes, choice, onChoose }: SaeFilterProps) {
  const facets = (Object.keys(SAE_FACETS) as SaeFacet[])
    .map((facet) => ({ facet, values: facetValues(saes, facet) }))
    .filter(({ facet, values }) => values.length > 1 || choice.facets[facet]);
  if (facets.length === 0) return null;
  return (
    <div className={styles.bar}>
      {facets.map(({ facet, values }) => (
        <label key={facet}>
          {SAE_FACETS[facet].name}
          <select
            value={choice.facets[facet] ?? ""}
            onChange={(event) => {
              onChoose(facet, event.target.value);
            }}
          >
            <option value="">All</option>
            {values.map((value) => (
              <option key={value} value={value}>
                {value}
              </option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}

import { FEATURE_STATES, type FeatureState } from "#lib/label-rules";

/** Which features by their labels: by `verdict`, or those with any label. */
export const LABEL_FILTERS = ["any", "labelled", ...FEATURE_STATES] as const;
export type LabelFilter = "any" | "labelled" | FeatureState;

/**
 * A condition on `feature`, which an index of the label database serves;
 * `:saeHash` says whose labels. Undefined when any will do.
 */
export function labelFilterSql(filter: LabelFilter): string | undefined {
  switch (filter) {
    case "any":
      return undefined;
    case "labelled":
      return `feature IN (SELECT feature FROM label_db.feature_states
        WHERE sae_hash = :saeHash AND label_count > 0)`;
    case "unlabelled":
      // Nobody ever spoke of most of them: they have no row.
      return `feature NOT IN (SELECT feature FROM label_db.feature_states
        WHERE sae_hash = :saeHash AND state IN (${OTHERS}))`;
    case "proposed":
    case "accepted":
    case "disputed":
    case "uninterpretable":
      return `feature IN (SELECT feature FROM label_db.feature_states
        WHERE sae_hash = :saeHash AND state = '${filter}')`;
  }
}

const OTHERS = FEATURE_STATES.filter((state) => state !== "unlabelled")
  .map((state) => `'${state}'`)
  .join(", ");

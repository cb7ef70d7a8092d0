import type { FeatureState } from "#lib/label-rules";
import { uint16From } from "./blobs";

/** A feature as lists show it. */
export interface FeatureListRow {
  index: number;
  firingCount: number;
  density: number;
  meanActivation: number;
  maxActivation: number;
  /** Text of the accepted label, else of the best one. */
  label: string | null;
  labelState: FeatureState;
  labelCount: number;
  /** Ids of the tokens it fires on most. */
  topTokens: Uint16Array;
}

/** The columns of a FeatureListRow; `:saeHash` says whose labels. */
export const LIST_COLUMNS = `
  feature, firing_count, mean_activation, max_activation, top_tokens,
  (SELECT text FROM label_db.labels WHERE id = (
     SELECT shown_label FROM label_db.feature_states AS f
     WHERE f.sae_hash = :saeHash AND f.feature = features.feature)) AS label,
  (SELECT state FROM label_db.feature_states AS f
   WHERE f.sae_hash = :saeHash AND f.feature = features.feature) AS label_state,
  (SELECT label_count FROM label_db.feature_states AS f
   WHERE f.sae_hash = :saeHash AND f.feature = features.feature) AS label_count`;

export interface ListColumns {
  feature: number;
  firing_count: number;
  mean_activation: number;
  max_activation: number;
  top_tokens: Buffer;
  label: string | null;
  label_state: FeatureState | null;
  label_count: number | null;
}

export function listRow(row: ListColumns, tokens: number): FeatureListRow {
  return {
    index: row.feature,
    firingCount: row.firing_count,
    density: row.firing_count / tokens,
    meanActivation: row.mean_activation,
    maxActivation: row.max_activation,
    label: row.label,
    labelState: row.label_state ?? "unlabelled",
    labelCount: row.label_count ?? 0,
    topTokens: uint16From(row.top_tokens),
  };
}

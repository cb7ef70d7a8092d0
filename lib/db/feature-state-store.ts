import type { FeatureState } from "#lib/label-rules";
import type { LabelDatabase } from "./label-database";
import { all, one } from "./statement";

/** What is known of a feature by its labels; see `verdict`. */
export interface FeatureStateRow {
  state: FeatureState;
  acceptedLabel: number | null;
  shownLabel: number | null;
  labelCount: number;
  labelAuthors: number;
  /** Different people who wrote one or called it uninterpretable. */
  answers: number;
  commentCount: number;
  flagCount: number;
  /** The newest event about it; 0 if there is none. */
  lastSeq: number;
  lastAt: string | null;
}

/** What is known of a feature nobody ever spoke of. */
export const NOTHING: FeatureStateRow = {
  state: "unlabelled",
  acceptedLabel: null,
  shownLabel: null,
  labelCount: 0,
  labelAuthors: 0,
  answers: 0,
  commentCount: 0,
  flagCount: 0,
  lastSeq: 0,
  lastAt: null,
};

export function featureState(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
): FeatureStateRow {
  return (
    one<FeatureStateRow>(
      db.$client,
      `SELECT state, accepted_label AS acceptedLabel,
         shown_label AS shownLabel, label_count AS labelCount,
         label_authors AS labelAuthors, answers, comment_count AS commentCount,
         flag_count AS flagCount, last_seq AS lastSeq, last_at AS lastAt
       FROM feature_states WHERE sae_hash = ? AND feature = ?`,
      saeHash,
      feature,
    ) ?? NOTHING
  );
}

/**
 * How many features of an SAE are in each state (those nobody ever spoke of
 * are in none), how many have a label, and how many labels there are.
 */
export function saeCounts(
  db: LabelDatabase,
  saeHash: string,
): Record<FeatureState | "labelled" | "labels", number> {
  const counts = {
    unlabelled: 0,
    proposed: 0,
    accepted: 0,
    disputed: 0,
    uninterpretable: 0,
    labelled: 0,
    labels: 0,
  };
  const rows = all<{ what: keyof typeof counts; count: number }>(
    db.$client,
    "SELECT what, count FROM sae_counts WHERE sae_hash = ?",
    saeHash,
  );
  for (const { what, count } of rows) counts[what] = count;
  return counts;
}

/** How many features of an SAE have a label. */
export function countLabelledFeatures(
  db: LabelDatabase,
  saeHash: string,
): number {
  return saeCounts(db, saeHash).labelled;
}

/** Features of an SAE by state, ascending; those in none are unlabelled. */
export function featuresByState(
  db: LabelDatabase,
  saeHash: string,
): Record<FeatureState, number[]> {
  const found: Record<FeatureState, number[]> = {
    unlabelled: [],
    proposed: [],
    accepted: [],
    disputed: [],
    uninterpretable: [],
  };
  const rows = all<{ feature: number; state: FeatureState }>(
    db.$client,
    "SELECT feature, state FROM feature_states WHERE sae_hash = ? ORDER BY feature",
    saeHash,
  );
  for (const { feature, state } of rows) found[state].push(feature);
  return found;
}

import type { LabelDatabase } from "./label-database";
import { all, one } from "./statement";

/** What was decided about taking a label over to another SAE. */
export interface MoveRow {
  saeHash: string;
  originLabel: number;
  feature: number;
  /** Null: rejected. */
  labelId: number | null;
  cosine: number;
  mutual: boolean;
  person: string;
  at: string;
}

const COLUMNS = `sae_hash AS saeHash, origin_label AS originLabel, feature,
  label_id AS labelId, cosine, mutual, person, at`;

type Columns = Omit<MoveRow, "mutual"> & { mutual: number };
const moveRow = (row: Columns): MoveRow => ({
  ...row,
  mutual: row.mutual === 1,
});

/** What was decided for this SAE; undefined: nothing yet. */
export function findMove(
  db: LabelDatabase,
  saeHash: string,
  originLabel: number,
): MoveRow | undefined {
  const row = one<Columns>(
    db.$client,
    `SELECT ${COLUMNS} FROM label_moves
     WHERE sae_hash = ? AND origin_label = ?`,
    saeHash,
    originLabel,
  );
  return row && moveRow(row);
}

/** Where these labels came from, of those that came from anywhere. */
export function movesOfLabels(
  db: LabelDatabase,
  labels: readonly number[],
): MoveRow[] {
  return all<Columns>(
    db.$client,
    `SELECT ${COLUMNS} FROM label_moves
     WHERE label_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(labels),
  ).map(moveRow);
}

/** What labelled features of an SAE are called, by their number. */
export function shownLabelsAfter(
  db: LabelDatabase,
  saeHash: string,
  after: number,
  limit: number,
): { feature: number; label: number }[] {
  return all(
    db.$client,
    `SELECT feature, shown_label AS label FROM feature_states
     WHERE sae_hash = ? AND feature > ? AND label_count > 0
     ORDER BY feature LIMIT ?`,
    saeHash,
    after,
    limit,
  );
}

import type { LabelDatabase } from "./label-database";
import { all, one } from "./statement";
import type { Flag } from "./tables/opinions";

export interface RubricRow {
  person: string;
  confidence: number | null;
  activations: number | null;
  logits: number | null;
  specificity: number | null;
  monosemantic: boolean | null;
  breaksAt: number | null;
  at: string;
}

/** Opinions shown of one feature: a team's, not a crowd's. */
const MAX_OPINIONS = 200;

/** What people think of a feature, the newest opinion first. */
export function rubricsOf(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  limit = MAX_OPINIONS,
): RubricRow[] {
  return all<Omit<RubricRow, "monosemantic"> & { monosemantic: number | null }>(
    db.$client,
    `SELECT person, confidence, activations, logits, specificity,
       monosemantic, breaks_at AS breaksAt, at
     FROM rubrics WHERE sae_hash = ? AND feature = ?
     ORDER BY at DESC, person LIMIT ?`,
    saeHash,
    feature,
    limit,
  ).map((row) => ({
    ...row,
    monosemantic: row.monosemantic === null ? null : row.monosemantic === 1,
  }));
}

export function hasRubric(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  person: string,
): boolean {
  const found = one(
    db.$client,
    "SELECT 1 FROM rubrics WHERE sae_hash = ? AND feature = ? AND person = ?",
    saeHash,
    feature,
    person,
  );
  return found !== undefined;
}

export interface FlagRow {
  flag: Flag;
  person: string;
  duplicateOf: number | null;
  note: string | null;
  decisive: boolean;
  at: string;
}

/** What people say is the matter with a feature. */
export function flagsOf(
  db: LabelDatabase,
  saeHash: string,
  feature: number,
  limit = MAX_OPINIONS,
): FlagRow[] {
  return all<Omit<FlagRow, "decisive"> & { decisive: number }>(
    db.$client,
    `SELECT flag, person, duplicate_of AS duplicateOf, note, decisive, at
     FROM flags WHERE sae_hash = ? AND feature = ?
     ORDER BY flag, at DESC LIMIT ?`,
    saeHash,
    feature,
    limit,
  ).map((row) => ({ ...row, decisive: row.decisive === 1 }));
}

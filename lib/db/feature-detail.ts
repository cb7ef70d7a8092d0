import type { Database } from "better-sqlite3";
import { float32From, uint16From } from "./blobs";
import { TOP_GROUP } from "./index-schema";
import type {
  ExampleRecord,
  FeatureDetailJson,
  FeatureRecord,
} from "./records";

/** The document of an example's peak. */
export interface ExampleDocument {
  id: number;
  title: string;
  source: string;
  /** The peak's place, counted from the document's beginning. */
  tokenOffset: number;
}

/** An example with the text and the document it stands in. */
export interface FeatureExample extends ExampleRecord {
  /** The whole sequence. */
  tokens: Uint16Array;
  document: ExampleDocument;
}

export interface FeatureDetailRow extends Omit<
  FeatureRecord,
  "examples" | "sample" | "quiz"
> {
  /** Live features that fire less often; null when it never fired. */
  lessFrequent: number | null;
  examples: FeatureExample[];
  /** The live features before and after it, wrapping round. */
  previous: number | null;
  next: number | null;
}

/**
 * Everything the index knows of one feature; undefined if it has none such.
 *
 * @param contexts at most so many of its examples, the top ones first
 */
export function findFeature(
  db: Database,
  index: number,
  contexts = ALL,
): FeatureDetailRow | undefined {
  const row = db
    .prepare<[number], FeatureColumns>(
      `SELECT firing_count, mean_activation, max_activation, less_frequent, json
       FROM features JOIN feature_details USING (feature) WHERE feature = ?`,
    )
    .get(index);
  if (!row) return undefined;
  return {
    index,
    firingCount: row.firing_count,
    meanActivation: row.mean_activation,
    maxActivation: row.max_activation,
    lessFrequent: row.less_frequent,
    ...(JSON.parse(row.json) as FeatureDetailJson),
    examples: examplesOf(db, index, contexts),
    previous: liveBefore(db, index),
    next: liveAfter(db, index),
  };
}

/** As SQLite understands a limit. */
const ALL = -1;

interface FeatureColumns {
  firing_count: number;
  mean_activation: number;
  max_activation: number;
  less_frequent: number | null;
  json: string;
}

interface ExampleColumns {
  grp: number;
  sequence: number;
  peak_position: number;
  peak_value: number;
  positions: Buffer;
  activations: Buffer;
  tokens: Buffer;
  document: number;
  title: string;
  source: string;
  token_offset: number;
}

/** Top contexts first, then the quantile groups, each in its order. */
function examplesOf(
  db: Database,
  index: number,
  most: number,
): FeatureExample[] {
  return db
    .prepare<[number, number], ExampleColumns>(
      `SELECT grp, e.sequence, peak_position, peak_value, positions,
         activations, tokens, document, title, source,
         document_offset + peak_position - start AS token_offset
       FROM examples AS e
       JOIN sequences ON sequences.id = e.sequence
       JOIN segments AS s ON s.sequence = e.sequence AND s.start = (
         SELECT max(start) FROM segments
         WHERE sequence = e.sequence AND start <= e.peak_position)
       JOIN documents ON documents.id = s.document
       WHERE e.feature = ? ORDER BY grp, rank LIMIT ?`,
    )
    .all(index, most)
    .map((row) => ({
      group: row.grp === TOP_GROUP ? ("top" as const) : row.grp - 1,
      sequence: row.sequence,
      peakPosition: row.peak_position,
      peakValue: row.peak_value,
      positions: uint16From(row.positions),
      values: float32From(row.activations),
      tokens: uint16From(row.tokens),
      document: {
        id: row.document,
        title: row.title,
        source: row.source,
        tokenOffset: row.token_offset,
      },
    }));
}

function liveBefore(db: Database, index: number): number | null {
  const nearest = db
    .prepare<[number], number | null>(
      "SELECT max(feature) FROM features WHERE firing_count > 0 AND feature < ?",
    )
    .pluck();
  return nearest.get(index) ?? nearest.get(Number.MAX_SAFE_INTEGER) ?? null;
}

function liveAfter(db: Database, index: number): number | null {
  const nearest = db
    .prepare<[number], number | null>(
      "SELECT min(feature) FROM features WHERE firing_count > 0 AND feature > ?",
    )
    .pluck();
  return nearest.get(index) ?? nearest.get(-1) ?? null;
}

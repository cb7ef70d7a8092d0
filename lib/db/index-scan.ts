import type { Database, Statement } from "better-sqlite3";
import { float32From, uint16From } from "./blobs";
import { openIndexDatabase } from "./index-database";
import { unpackQuiz, type PackedQuiz } from "./quiz-contexts";
import type {
  ExampleRecord,
  HistogramRecord,
  IndexManifest,
  QuizRecord,
} from "./records";
import { TOP_GROUP } from "./index-schema";
import { tableContents } from "./table-hashes";

/** What a check of one feature needs. */
export interface ScannedFeature {
  index: number;
  firingCount: number;
  meanActivation: number;
  maxActivation: number;
  histogram: HistogramRecord;
  neighbours: number[];
}

/** An example with its place: feature, group, and rank inside the group. */
export interface ScannedExample extends ExampleRecord {
  feature: number;
  rank: number;
}

/**
 * Reads a whole index database, row by row, to check it (`verifyIndex`).
 * Pages never do this.
 */
export class IndexScan {
  private readonly tokensOf: Statement<[number], Buffer>;

  private constructor(
    private readonly db: Database,
    readonly manifest: IndexManifest,
  ) {
    this.tokensOf = db
      .prepare<[number], Buffer>("SELECT tokens FROM sequences WHERE id = ?")
      .pluck();
  }

  /** @throws AppError as `openIndexDatabase` does. */
  static open(file: string): IndexScan {
    const { connection, manifest } = openIndexDatabase(file);
    return new IndexScan(connection, manifest);
  }

  /** SQLite's own check of the file; "ok" when it is sound. */
  integrity(): string {
    return String(this.db.pragma("quick_check(1)", { simple: true }));
  }

  /** Rows there really are, named as the manifest names them. */
  counts(): IndexManifest["counts"] {
    const count = (table: string): number =>
      this.db
        .prepare<[], number>(`SELECT count(*) FROM ${table}`)
        .pluck()
        .get()!;
    return {
      features: count("features"),
      examples: count("examples"),
      sequences: count("sequences"),
      documents: count("documents"),
    };
  }

  /** What every table but the manifest holds now. */
  tables(): IndexManifest["tables"] {
    return tableContents(this.db);
  }

  /** Places in the atlas, two a feature. */
  atlas(): { positions: Float32Array; sources: Uint16Array } | undefined {
    const row = this.db
      .prepare<[], { positions: Buffer; sources: Buffer }>(
        "SELECT positions, sources FROM atlas",
      )
      .get();
    return (
      row && {
        positions: float32From(row.positions),
        sources: uint16From(row.sources),
      }
    );
  }

  /** Segments whose sequence or document is missing. */
  danglingSegments(): number {
    return this.db
      .prepare<[], number>(
        `SELECT count(*) FROM segments
         WHERE sequence NOT IN (SELECT id FROM sequences)
            OR document NOT IN (SELECT id FROM documents)`,
      )
      .pluck()
      .get()!;
  }

  /** A sequence's token ids, or undefined if it is not there. */
  sequence(id: number): Uint16Array | undefined {
    const blob = this.tokensOf.get(id);
    return blob === undefined ? undefined : uint16From(blob);
  }

  /** In order of their indices. */
  *features(): Generator<ScannedFeature> {
    const rows = this.db
      .prepare<[], FeatureRow>(
        `SELECT feature, firing_count, mean_activation, max_activation, json
         FROM features LEFT JOIN feature_details USING (feature)
         ORDER BY feature`,
      )
      .iterate();
    for (const row of rows) {
      const detail = JSON.parse(row.json) as {
        histogram: HistogramRecord;
        neighbours: { feature: number }[];
      };
      yield {
        index: row.feature,
        firingCount: row.firing_count,
        meanActivation: row.mean_activation,
        maxActivation: row.max_activation,
        histogram: detail.histogram,
        neighbours: detail.neighbours.map((n) => n.feature),
      };
    }
  }

  /** In order of feature, group, rank. */
  *examples(): Generator<ScannedExample> {
    const rows = this.db
      .prepare<[], ExampleRow>(
        "SELECT * FROM examples ORDER BY feature, grp, rank",
      )
      .iterate();
    for (const row of rows) {
      yield {
        feature: row.feature,
        group: row.grp === TOP_GROUP ? "top" : row.grp - 1,
        rank: row.rank,
        sequence: row.sequence,
        peakPosition: row.peak_position,
        peakValue: row.peak_value,
        positions: uint16From(row.positions),
        values: float32From(row.activations),
      };
    }
  }

  /** What is kept for quizzes, in order of the features. */
  *quizzes(): Generator<{ feature: number; quiz: QuizRecord }> {
    const rows = this.db
      .prepare<[], PackedQuiz & { feature: number }>(
        "SELECT * FROM quiz_contexts ORDER BY feature",
      )
      .iterate();
    for (const row of rows) {
      yield { feature: row.feature, quiz: unpackQuiz(row) };
    }
  }

  /** Sequences of a feature's examples. */
  shownSequences(feature: number): number[] {
    return this.db
      .prepare<[number], number>(
        "SELECT sequence FROM examples WHERE feature = ?",
      )
      .pluck()
      .all(feature);
  }

  close(): void {
    this.db.close();
  }
}

interface FeatureRow {
  feature: number;
  firing_count: number;
  mean_activation: number;
  max_activation: number;
  json: string;
}

interface ExampleRow {
  feature: number;
  grp: number;
  rank: number;
  sequence: number;
  peak_position: number;
  peak_value: number;
  positions: Buffer;
  activations: Buffer;
}

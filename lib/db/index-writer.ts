import Database from "better-sqlite3";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "#lib/errors";
import { AlignmentHistogram } from "./alignment";
import { toBlob } from "./blobs";
import { densityHistogram } from "./density";
import {
  INDEX_APPLICATION_ID,
  INDEX_INDEXES,
  INDEX_SCHEMA_VERSION,
  INDEX_TABLES,
  TOP_GROUP,
} from "./index-schema";
import { prepareInserts } from "./index-inserts";
import { packQuiz } from "./quiz-contexts";
import { RANKS } from "./search/posting-cursor";
import { writeSearch } from "./search/write-search";
import { TokenLists } from "./search/write-tokens";
import { tableContents } from "./table-hashes";
import { explainWriting, syncPath } from "./writing";
import type {
  DocumentRecord,
  ExampleRecord,
  FeatureDetailJson,
  FeatureRecord,
  IndexManifest,
  IndexSummary,
  SegmentRecord,
} from "./records";

export interface IndexWriterOptions {
  /** Token ids → text, for the search in contexts. */
  decode: (ids: Uint16Array) => string;
}

/** Top tokens kept beside a feature's numbers, for lists. */
const LIST_TOKENS = 5;

/**
 * Builds an index database beside the live one and puts it in its place in
 * one step: `create`, the add… methods in any order, then `finish` (or
 * `abort`). Nothing is ever seen half-written: the file is `<file>.tmp` until
 * it is complete and on the disk.
 *
 * @throws AppError: "invalid" when records contradict each other, "disk_full"
 *   when there is no room; the caller then calls `abort`.
 */
export class IndexWriter {
  private readonly temporary: string;
  private readonly insert: ReturnType<typeof prepareInserts>;
  private readonly tokenLists = new TokenLists();
  private readonly counts = {
    features: 0,
    examples: 0,
    sequences: 0,
    documents: 0,
  };

  private readonly alignment = new AlignmentHistogram();

  private constructor(
    private readonly file: string,
    private readonly db: Database.Database,
    private readonly options: IndexWriterOptions,
  ) {
    this.temporary = temporaryOf(file);
    // Nobody reads this file before it is finished, and a crash throws it
    // away: no journal, no syncs until the end.
    db.pragma("journal_mode = OFF");
    db.pragma("synchronous = OFF");
    db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("cache_size = -131072");
    db.pragma(`application_id = ${INDEX_APPLICATION_ID}`);
    db.pragma(`user_version = ${INDEX_SCHEMA_VERSION}`);
    db.exec("BEGIN");
    db.exec(INDEX_TABLES);
    this.insert = prepareInserts(db);
  }

  /** Starts `<file>.tmp`; one that a crash left there is overwritten. */
  static create(file: string, options: IndexWriterOptions): IndexWriter {
    return explainWriting(file, () => {
      mkdirSync(dirname(file), { recursive: true });
      rmSync(temporaryOf(file), { force: true });
      const db = new Database(temporaryOf(file));
      return new IndexWriter(file, db, options);
    });
  }

  addDocuments(documents: readonly DocumentRecord[]): void {
    this.explained(() => {
      for (const { id, title, source } of documents) {
        this.insert.document.run(id, title, source);
      }
      this.counts.documents += documents.length;
    });
  }

  /** `tokens` holds sequences firstId, firstId + 1 …, contextSize tokens each. */
  addSequences(
    firstId: number,
    tokens: Uint16Array,
    contextSize: number,
  ): void {
    const rows = tokens.length / contextSize;
    if (!Number.isInteger(rows)) {
      throw new AppError(
        "invalid",
        `${tokens.length} tokens are not whole sequences of ${contextSize}.`,
      );
    }
    this.explained(() => {
      for (let row = 0; row < rows; row++) {
        const from = row * contextSize;
        const slice = tokens.subarray(from, from + contextSize);
        this.insert.sequence.run(firstId + row, toBlob(slice));
      }
      this.counts.sequences += rows;
    });
  }

  addSegments(segments: readonly SegmentRecord[]): void {
    this.explained(() => {
      for (const { sequence, start, document, documentOffset } of segments) {
        this.insert.segment.run(sequence, start, document, documentOffset);
      }
    });
  }

  /** Once a feature, dead ones too, in any order. */
  addFeature(record: FeatureRecord): void {
    checkFeature(record);
    const { index, firingCount, meanActivation, maxActivation } = record;
    const { topTokens, examples, sample, moments } = record;
    const listed = topTokens.slice(0, LIST_TOKENS).map((t) => t.tokenId);
    this.explained(() => {
      this.insert.feature.run(
        index,
        firingCount,
        meanActivation,
        maxActivation,
        moments.skewness,
        toBlob(Uint16Array.from(listed)),
      );
      this.insert.detail.run(index, JSON.stringify(detailOf(record)));
      for (const { tokenId, count } of topTokens) {
        this.tokenLists.addFirings(tokenId, index, count);
      }
      for (const { tokenId, value } of logitsOf(record)) {
        this.tokenLists.addLogit(tokenId, index, value);
      }
      const { sequences, positions, values } = sample;
      this.insert.sample.run(
        index,
        toBlob(sequences),
        toBlob(positions),
        toBlob(values),
      );
      const quiz = packQuiz(record.quiz);
      this.insert.quiz.run(index, quiz.firing, quiz.activations, quiz.silent);
      this.addExamples(index, examples);
      if (firingCount > 0) this.alignment.add(record.encoderDecoderCosine);
      this.counts.features++;
    });
  }

  /**
   * The map of the features, once.
   *
   * @param positions [dSae × 2], NaN where a feature has no place
   * @param sources [dSae] number of each feature's source in the manifest
   */
  addAtlas(positions: Float32Array, sources: Uint16Array): void {
    this.explained(() => {
      this.insert.atlas.run(toBlob(positions), toBlob(sources));
    });
  }

  private addExamples(feature: number, examples: ExampleRecord[]): void {
    const ranks = new Map<number, number>();
    for (const example of examples) {
      const group = example.group === "top" ? TOP_GROUP : example.group + 1;
      const rank = ranks.get(group) ?? 0;
      if (group === TOP_GROUP && rank >= RANKS) {
        throw new AppError(
          "invalid",
          `Feature ${feature} has more than ${RANKS} top contexts.`,
        );
      }
      ranks.set(group, rank + 1);
      this.insert.example.run(
        feature,
        group,
        rank,
        example.sequence,
        example.peakPosition,
        example.peakValue,
        toBlob(example.positions),
        toBlob(example.values),
      );
    }
    this.counts.examples += examples.length;
  }

  /**
   * Builds what searches read and the indexes, flushes the file to the disk
   * and renames it over the live one. `manifest.counts` and `manifest.tables`
   * are replaced by what was written.
   */
  finish(manifest: IndexManifest): void {
    this.explained(() => {
      writeSearch(this.db, this.options.decode);
      this.tokenLists.write(this.db);
      this.rankDensities(manifest.tokens);
      this.db.exec(INDEX_INDEXES);
      this.db.exec("COMMIT");
      this.insert.manifest.run(
        JSON.stringify({
          ...manifest,
          schemaVersion: INDEX_SCHEMA_VERSION,
          counts: this.counts,
          tables: tableContents(this.db),
        }),
      );
      this.db.exec("ANALYZE");
      this.db.close();
      syncPath(this.temporary);
      renameSync(this.temporary, this.file);
      // Makes the rename itself survive a power cut.
      syncPath(dirname(this.file));
    });
  }

  /** Gives up: removes what was written. The live file stays as it was. */
  abort(): void {
    this.db.close();
    rmSync(this.temporary, { force: true });
  }

  private rankDensities(tokens: number): void {
    this.db.exec(`
      UPDATE features SET less_frequent = ranked.below
      FROM (SELECT feature, rank() OVER (ORDER BY firing_count) - 1 AS below
            FROM features WHERE firing_count > 0) AS ranked
      WHERE features.feature = ranked.feature`);
    const counts = this.db
      .prepare<[], number>("SELECT firing_count FROM features")
      .pluck()
      .all();
    const summary: IndexSummary = {
      ...densityHistogram(counts, tokens),
      alignment: this.alignment.counts,
    };
    this.insert.summary.run(JSON.stringify(summary));
  }

  private explained<T>(work: () => T): T {
    return explainWriting(this.file, work);
  }
}

function temporaryOf(file: string): string {
  return `${file}.tmp`;
}

/** What only the feature's own page shows, as `findFeature` reads it back. */
function detailOf(record: FeatureRecord): FeatureDetailJson {
  const { encoderDecoderCosine, moments, histogram, topTokens } = record;
  const { positiveLogits, negativeLogits, logitHistogram } = record;
  const { neighbours, coFiring, places, basis } = record;
  return {
    encoderDecoderCosine,
    moments,
    histogram,
    topTokens,
    positiveLogits,
    negativeLogits,
    logitHistogram,
    neighbours,
    coFiring,
    places,
    basis,
  };
}

/** A small vocabulary has the same tokens at both ends. */
function logitsOf({ positiveLogits, negativeLogits }: FeatureRecord) {
  const logits = [...positiveLogits, ...negativeLogits];
  return new Map(logits.map((logit) => [logit.tokenId, logit])).values();
}

/** Live by its count is live by its activations: the orders rely on it. */
function checkFeature(record: FeatureRecord): void {
  const { index, firingCount, meanActivation, maxActivation } = record;
  const live = firingCount > 0;
  if (meanActivation > 0 !== live || maxActivation > 0 !== live) {
    throw new AppError(
      "invalid",
      `Feature ${index} fires ${firingCount} times but has mean activation ${meanActivation} and maximum ${maxActivation}.`,
    );
  }
}

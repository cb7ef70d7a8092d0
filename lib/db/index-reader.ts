import type { Clause, Query } from "#lib/query/index";
import type { DensityHistogram } from "./density";
import { documentPassages, type DocumentPassages } from "./document-passages";
import {
  findFeature,
  type ExampleDocument,
  type FeatureDetailRow,
} from "./feature-detail";
import {
  LIST_COLUMNS,
  listRow,
  type FeatureListRow,
  type ListColumns,
} from "./feature-list";
import { firingCounts } from "./firing-counts";
import { firingsBetween, type FoundFiring } from "./firings-between";
import type { FeatureStates } from "./feature-states";
import type { IndexDatabase } from "./index-database";
import {
  documentAt,
  knownFirings,
  sequenceTokens,
  type KnownFirings,
} from "./known-firings";
import { featurePoints, type FeaturePoints } from "./points";
import { quizContexts } from "./quiz-contexts";
import type { IndexManifest, QuizRecord } from "./records";
import { checkClause } from "./search/check-clause";
import {
  find,
  matching,
  SearchIndex,
  type FindPage,
  type Found,
} from "./search/find";
import { likeSet } from "./search/parts";
import type { Given } from "./search/make-parts";
import { spreadSequences } from "./sequences";

/**
 * What pages ask of one SAE's index. Every method is one or a few index
 * look-ups; all of them need the label database attached, but `manifest`,
 * `densities`, `feature` and `randomLive`.
 */
export class IndexReader {
  readonly manifest: IndexManifest;
  /** Features per density, counted when the index was built. */
  readonly densities: DensityHistogram;
  /** See `AlignmentHistogram`; null for an older index. */
  readonly alignment: number[] | null;
  private largest: number | undefined;
  private search: SearchIndex | undefined;

  constructor(private readonly database: IndexDatabase) {
    this.manifest = database.manifest;
    this.densities = database.summary;
    this.alignment = database.summary.alignment ?? null;
  }

  /** How many features fired at all. */
  get live(): number {
    return this.manifest.dSae - this.densities.dead;
  }

  /** How many fire on more than a tenth of the tokens. */
  get dense(): number {
    return this.searched().columns.dense;
  }

  /** The largest activation of any feature. */
  get largestActivation(): number {
    return (this.largest ??=
      this.db
        .prepare<[], number | null>("SELECT max(max_activation) FROM features")
        .pluck()
        .get() ?? 0);
  }

  /** See `find`. */
  find(query: Query, given: Given, page: FindPage): Found {
    return find(this.searched(), query, given, page);
  }

  /** See `matching`. */
  matching(query: Query, given: Given): Uint8Array {
    return matching(this.searched(), query, given);
  }

  /** Tokens each feature fired on and its mean activation: [dSae]. */
  get usage(): { counts: Uint32Array; means: ArrayLike<number> } {
    const { columns } = this.searched();
    return { counts: columns.counts, means: columns.of("mean") };
  }

  /** How far the labelling of each feature has come by now. */
  get states(): FeatureStates {
    return this.searched().states;
  }

  /** The nearest features by decoder cosine that are known. */
  neighbours(feature: number): { feature: number; cosine: number }[] {
    const { features, scores } = likeSet(this.db, feature);
    return Array.from(features, (near, i) => ({
      feature: near,
      cosine: scores[i]!,
    }));
  }

  /** See `checkClause`. */
  check(clause: Clause): void {
    checkClause(this.searched(), clause);
  }

  /** List rows of these features; unknown ones are left out. */
  rows(features: readonly number[]): Map<number, FeatureListRow> {
    const { saeHash, tokens } = this.manifest;
    const rows = this.db
      .prepare<[{ saeHash: string; features: string }], ListColumns>(
        `SELECT ${LIST_COLUMNS} FROM features
         WHERE feature IN (SELECT value FROM json_each(:features))`,
      )
      .all({ saeHash, features: JSON.stringify(features) });
    return new Map(rows.map((row) => [row.feature, listRow(row, tokens)]));
  }

  /** See `findFeature`. */
  feature(index: number, contexts?: number): FeatureDetailRow | undefined {
    return findFeature(this.db, index, contexts);
  }

  /** See `firingsBetween`. */
  firingsBetween(
    feature: number,
    range: { above: number; upTo: number },
    limit: number,
  ): FoundFiring[] {
    return firingsBetween(this.db, feature, range, limit);
  }

  /** See `knownFirings`. */
  knownFirings(feature: number): KnownFirings[] {
    return knownFirings(this.db, feature);
  }

  /** See `quizContexts`. */
  quizContexts(feature: number): QuizRecord | undefined {
    return quizContexts(this.db, feature);
  }

  /** Tokens of sequences, by their number. */
  sequences(ids: readonly number[]): Map<number, Uint16Array> {
    return sequenceTokens(this.db, ids);
  }

  /** The document that a token of a sequence comes from. */
  documentAt(sequence: number, position: number): ExampleDocument | undefined {
    return documentAt(this.db, sequence, position);
  }

  /** See `documentPassages`. */
  passages(
    document: number,
    place: { from: number } | { at: number },
    limit: number,
  ): DocumentPassages | undefined {
    return documentPassages(this.db, document, place, limit);
  }

  /** Titles of documents, by their number. */
  titles(documents: readonly number[]): Map<number, string> {
    const rows = this.db
      .prepare<[string], { id: number; title: string }>(
        `SELECT id, title FROM documents
         WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(documents));
    return new Map(rows.map(({ id, title }) => [id, title]));
  }

  /** See `spreadSequences`. */
  spreadSequences(count: number): Uint16Array {
    return spreadSequences(this.db, count);
  }

  /** See `firingCounts`. */
  firingCounts(features: ArrayLike<number>): Map<number, number> {
    return firingCounts(this.db, features);
  }

  /** See `featurePoints`. */
  points(): FeaturePoints {
    return featurePoints(this.db, this.manifest.dSae);
  }

  /**
   * A live feature; each is as likely as another.
   *
   * @param draw uniform in [0, 1).
   */
  randomLive(draw: number): number | undefined {
    return this.db
      .prepare<[number], number>(
        `SELECT feature FROM features WHERE firing_count > 0
         ORDER BY feature LIMIT 1 OFFSET ?`,
      )
      .pluck()
      .get(Math.floor(draw * this.live));
  }

  /** Texts of labels, by their number. */
  labelTexts(ids: readonly number[]): Map<number, string> {
    const rows = this.db
      .prepare<[string], { id: number; text: string }>(
        `SELECT id, text FROM label_db.labels
         WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(ids));
    return new Map(rows.map(({ id, text }) => [id, text]));
  }

  private searched(): SearchIndex {
    this.search ??= new SearchIndex(this.db, this.manifest);
    return this.search;
  }

  private get db() {
    return this.database.connection;
  }
}

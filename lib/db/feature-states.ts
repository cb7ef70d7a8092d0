import type { Database, Statement } from "better-sqlite3";
import { FEATURE_STATES, type FeatureState } from "#lib/label-rules";
import type { Answered } from "#lib/queue-rules";
import type { Condition } from "./search/columns";

/** People are counted as far as this. */
export const PEOPLE_COUNTED = 255;

interface Row {
  feature: number;
  state: FeatureState;
  answers: number;
  authors: number;
  seq: number;
}

/**
 * How far the labelling of each feature of an SAE has come, held in memory:
 * the search filters by it and the queue chooses by it. Read once, then only
 * what was written since, by whichever process (an index by the number of the
 * newest event about each feature).
 */
export class FeatureStates {
  /** Places in FEATURE_STATES; nobody ever spoke of most features. */
  private readonly states: Uint8Array;
  private readonly answers: Uint8Array;
  private readonly writers: Uint8Array;
  private readonly seqs: Float64Array;
  private version: unknown;
  /** The newest event that is in, and its link of the log's chain. */
  private last = 0;
  private link: string | undefined;
  private readonly linkOf: Statement<[number], string>;
  private readonly changed: Statement<[string, number], Row>;
  private readonly latest: Statement<[string, number], number>;

  constructor(
    /**
     * With the label database attached. It writes nothing itself: every write
     * is another connection's, so the version of the data tells of it.
     */
    private readonly db: Database,
    private readonly saeHash: string,
    private readonly dSae: number,
  ) {
    this.states = new Uint8Array(dSae).fill(codeOf("unlabelled"));
    this.answers = new Uint8Array(dSae);
    this.writers = new Uint8Array(dSae);
    this.seqs = new Float64Array(dSae);
    this.linkOf = db
      .prepare<[number], string>(
        "SELECT hex(chain) FROM label_db.events WHERE seq = ?",
      )
      .pluck();
    this.changed = db.prepare(
      `SELECT feature, state, answers, label_authors AS authors, last_seq AS seq
       FROM label_db.feature_states WHERE sae_hash = ? AND last_seq > ?
       ORDER BY last_seq`,
    );
    this.latest = db
      .prepare<[string, number], number>(
        `SELECT feature FROM label_db.feature_states
         WHERE sae_hash = ? AND label_count > 0 ORDER BY last_seq DESC LIMIT ?`,
      )
      .pluck();
  }

  /**
   * These, brought up to date; new ones when the log is not the one they were
   * made from any more, as after a restore.
   */
  current(): FeatureStates {
    const version = this.db.pragma("label_db.data_version", { simple: true });
    if (version === this.version) return this;
    // One state of the database: nothing is restored in the middle of it.
    const followed = this.db.transaction(() => this.follow())();
    if (!followed) {
      return new FeatureStates(this.db, this.saeHash, this.dSae).current();
    }
    this.version = version;
    return this;
  }

  /** @returns false when what is in is no beginning of the log. */
  private follow(): boolean {
    if (this.linkOf.get(this.last) !== this.link) return false;
    for (const row of this.changed.all(this.saeHash, this.last)) {
      this.states[row.feature] = codeOf(row.state);
      this.answers[row.feature] = Math.min(row.answers, PEOPLE_COUNTED);
      this.writers[row.feature] = Math.min(row.authors, PEOPLE_COUNTED);
      this.seqs[row.feature] = row.seq;
      this.last = row.seq;
    }
    this.link = this.linkOf.get(this.last);
    return true;
  }

  at(feature: number): Answered {
    return {
      state: FEATURE_STATES[this.states[feature]!]!,
      answers: this.answers[feature]!,
    };
  }

  /** Different people who wrote its labels. */
  authors(feature: number): number {
    return this.writers[feature]!;
  }

  /** The number of the newest event about it; 0: there is none. */
  seq(feature: number): number {
    return this.seqs[feature]!;
  }

  /** The features people labelled last, the newest first. */
  labelledLast(limit: number): number[] {
    return this.latest.all(this.saeHash, limit);
  }

  hasLabel(): Condition {
    return { column: this.writers, min: 1, max: PEOPLE_COUNTED };
  }

  /** Whether a feature's labelling stands so. */
  is(state: FeatureState): Condition {
    const code = codeOf(state);
    return { column: this.states, min: code, max: code };
  }
}

function codeOf(state: FeatureState): number {
  return FEATURE_STATES.indexOf(state);
}

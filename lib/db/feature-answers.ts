import { FEATURE_STATES, type FeatureState } from "#lib/label-rules";
import type { Answered } from "#lib/queue-rules";
import type { LabelDatabase } from "./label-database";
import { all } from "./statement";

/**
 * How far the labelling of each feature of an SAE has come, held in memory:
 * read once, then only what was written since (an index by the number of the
 * newest event of each feature).
 */
export class FeatureAnswers {
  private readonly states: Uint8Array;
  private readonly counts: Uint8Array;
  private readonly writers: Uint8Array;
  private readonly seqs: Float64Array;
  private last = 0;

  constructor(
    private readonly db: LabelDatabase,
    private readonly saeHash: string,
    dSae: number,
  ) {
    this.states = new Uint8Array(dSae);
    this.counts = new Uint8Array(dSae);
    this.writers = new Uint8Array(dSae);
    this.seqs = new Float64Array(dSae);
  }

  /** Brings it up to what the database holds now. */
  refresh(): void {
    const rows = all<{
      feature: number;
      state: FeatureState;
      answers: number;
      authors: number;
      seq: number;
    }>(
      this.db.$client,
      `SELECT feature, state, answers, label_authors AS authors, last_seq AS seq
       FROM feature_states WHERE sae_hash = ? AND last_seq > ?
       ORDER BY last_seq`,
      this.saeHash,
      this.last,
    );
    for (const { feature, state, answers, authors, seq } of rows) {
      this.last = seq;
      if (feature >= this.states.length) continue;
      this.states[feature] = FEATURE_STATES.indexOf(state);
      this.counts[feature] = Math.min(answers, 255);
      this.writers[feature] = Math.min(authors, 255);
      this.seqs[feature] = seq;
    }
  }

  at(feature: number): Answered {
    return {
      state: FEATURE_STATES[this.states[feature]!]!,
      answers: this.counts[feature]!,
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
    return all<{ feature: number }>(
      this.db.$client,
      `SELECT feature FROM feature_states
       WHERE sae_hash = ? AND label_count > 0 ORDER BY last_seq DESC LIMIT ?`,
      this.saeHash,
      limit,
    ).map(({ feature }) => feature);
  }
}

import type { Database, Statement } from "better-sqlite3";
import { FEATURE_STATES, type FeatureState } from "#lib/label-rules";
import type { Condition } from "./columns";

interface Row {
  feature: number;
  state: FeatureState;
  labels: number;
  seq: number;
}

/**
 * Which features have a label, and how far their labelling has come, held in
 * memory. When the label database was written to, what has changed since is
 * read; all of it when it is an earlier state by now, as after a restore.
 */
export class LabelStates {
  private readonly labelled: Uint8Array;
  /** Places in FEATURE_STATES; nobody ever spoke of most features. */
  private readonly states: Uint8Array;
  private version: unknown;
  /** Number of the last event that is in. */
  private seen = 0;
  private readonly newest: Statement<[string], number | null>;
  private readonly changed: Statement<[string, number], Row>;

  constructor(
    private readonly db: Database,
    private readonly saeHash: string,
    dSae: number,
  ) {
    this.labelled = new Uint8Array(dSae);
    this.states = new Uint8Array(dSae).fill(codeOf("unlabelled"));
    this.newest = db
      .prepare<[string], number | null>(
        "SELECT max(last_seq) FROM label_db.feature_states WHERE sae_hash = ?",
      )
      .pluck();
    this.changed = db.prepare(
      `SELECT feature, state, label_count AS labels, last_seq AS seq
       FROM label_db.feature_states WHERE sae_hash = ? AND last_seq > ?`,
    );
  }

  hasLabel(): Condition {
    this.refresh();
    return { column: this.labelled, min: 1, max: 1 };
  }

  /** Whether a feature's labelling stands so. */
  is(state: FeatureState): Condition {
    this.refresh();
    const code = codeOf(state);
    return { column: this.states, min: code, max: code };
  }

  private refresh(): void {
    const version = this.db.pragma("label_db.data_version", { simple: true });
    if (version === this.version) return;
    if ((this.newest.get(this.saeHash) ?? 0) < this.seen) {
      this.labelled.fill(0);
      this.states.fill(codeOf("unlabelled"));
      this.seen = 0;
    }
    for (const row of this.changed.all(this.saeHash, this.seen)) {
      this.labelled[row.feature] = row.labels > 0 ? 1 : 0;
      this.states[row.feature] = codeOf(row.state);
      this.seen = Math.max(this.seen, row.seq);
    }
    this.version = version;
  }
}

function codeOf(state: FeatureState): number {
  return FEATURE_STATES.indexOf(state);
}

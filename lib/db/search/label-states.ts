import type { Database, Statement } from "better-sqlite3";
import type { StateValue } from "#lib/query/index";
import type { Condition } from "./columns";

/**
 * Which features have a label, and how far their labelling has come, held in
 * memory and brought up to date when the label database was written to.
 */
export class LabelStates {
  private readonly labelled: Uint8Array;
  private version: unknown;
  private readonly rows: Statement<[string], number>;

  constructor(
    private readonly db: Database,
    private readonly saeHash: string,
    dSae: number,
  ) {
    this.labelled = new Uint8Array(dSae);
    this.rows = db
      .prepare<[string], number>(
        `SELECT DISTINCT feature FROM label_db.labels
         WHERE sae_hash = ? AND deleted_at IS NULL`,
      )
      .pluck();
  }

  hasLabel(): Condition {
    this.refresh();
    return { column: this.labelled, min: 1, max: 1 };
  }

  /** Whether a feature's labelling stands so. */
  is(state: StateValue): Condition {
    const column = this.hasLabel().column;
    switch (state) {
      case "unlabelled":
        return { column, min: 0, max: 0 };
      case "proposed":
        return { column, min: 1, max: 1 };
      case "accepted":
      case "disputed":
      case "uninterpretable":
        return { column, min: 2, max: 2 };
    }
  }

  private refresh(): void {
    const version = this.db.pragma("label_db.data_version", { simple: true });
    if (version === this.version) return;
    this.version = version;
    this.labelled.fill(0);
    for (const feature of this.rows.all(this.saeHash)) {
      this.labelled[feature] = 1;
    }
  }
}

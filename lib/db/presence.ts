import Database from "better-sqlite3";

/** Not heard of for longer, somebody is gone. */
const GONE_AFTER_MS = 15_000;

/** One open page. */
export interface PresentStream {
  /** Made for the page's stream. */
  stream: string;
  person: string;
  saeHash: string;
  feature: number;
}

/**
 * Who is looking at which feature now: a small database beside the labels,
 * shared by all server processes, that may be thrown away at any time.
 */
export class Presence {
  private readonly connection: Database.Database;
  private version: unknown;

  constructor(file: string) {
    this.connection = new Database(file, { timeout: 1000 });
    this.connection.pragma("journal_mode = WAL");
    // It is of use for seconds only.
    this.connection.pragma("synchronous = OFF");
    this.connection.exec(
      `CREATE TABLE IF NOT EXISTS present (
         stream TEXT PRIMARY KEY, person TEXT NOT NULL, sae_hash TEXT NOT NULL,
         feature INTEGER NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID;
       CREATE INDEX IF NOT EXISTS present_by_feature
         ON present (sae_hash, feature, person, seen_at);`,
    );
    this.version = this.dataVersion();
  }

  /** Somebody is still, or newly, looking. */
  seen({ stream, person, saeHash, feature }: PresentStream, now: number): void {
    this.connection
      .prepare(
        `INSERT INTO present (stream, person, sae_hash, feature, seen_at)
         VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at`,
      )
      .run(stream, person, saeHash, feature, now);
  }

  /** Somebody left; also forgets who left without saying so. */
  left(stream: string, now: number): void {
    this.connection
      .prepare("DELETE FROM present WHERE stream = ? OR seen_at < ?")
      .run(stream, now - GONE_AFTER_MS);
  }

  /** Ids of the people who are looking at a feature, in order. */
  at(saeHash: string, feature: number, now: number): string[] {
    return this.connection
      .prepare<[string, number, number], string>(
        `SELECT DISTINCT person FROM present
         WHERE sae_hash = ? AND feature = ? AND seen_at >= ? ORDER BY person`,
      )
      .pluck()
      .all(saeHash, feature, now - GONE_AFTER_MS);
  }

  /** Whether another process wrote since the last call. */
  changedElsewhere(): boolean {
    const version = this.dataVersion();
    if (version === this.version) return false;
    this.version = version;
    return true;
  }

  close(): void {
    this.connection.close();
  }

  private dataVersion(): unknown {
    return this.connection.pragma("data_version", { simple: true });
  }
}

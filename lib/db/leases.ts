import Database from "better-sqlite3";

/** A lease that is not renewed is over after this long. */
export const LEASE_MS = 60_000;

/** One open page of one person: who holds a lease. */
export interface Seat {
  person: string;
  /** Made by the page. */
  seat: string;
}

/** A feature somebody has been handed and nobody else is. */
export interface Lease {
  feature: number;
  /** When it ends unless it is renewed (ms). */
  until: number;
}

/**
 * Who has which feature of the queue in hand: a table beside the labels,
 * shared by all server processes, that may be thrown away at any time.
 */
export class Leases {
  private readonly connection: Database.Database;

  constructor(file: string) {
    this.connection = new Database(file, { timeout: 5000 });
    this.connection.pragma("journal_mode = WAL");
    // They are of use for a minute only.
    this.connection.pragma("synchronous = OFF");
    this.connection.exec(
      `CREATE TABLE IF NOT EXISTS leases (
         sae_hash TEXT NOT NULL, feature INTEGER NOT NULL, person TEXT NOT NULL,
         seat TEXT NOT NULL, until INTEGER NOT NULL,
         PRIMARY KEY (sae_hash, feature)) WITHOUT ROWID;
       CREATE INDEX IF NOT EXISTS leases_by_seat ON leases (sae_hash, seat);`,
    );
  }

  /**
   * Gives the seat one feature more, and takes back those it does not hold any
   * more. Nobody else takes or gives back anything meanwhile, in any process:
   * what `choose` reads of the labels was written before.
   *
   * @param choose the feature, given those that somebody has in hand.
   */
  take(
    saeHash: string,
    { person, seat }: Seat,
    holding: readonly number[],
    now: number,
    choose: (taken: ReadonlySet<number>) => number | undefined,
  ): Lease | undefined {
    return this.connection
      .transaction(() => {
        this.connection
          .prepare("DELETE FROM leases WHERE sae_hash = ? AND until <= ?")
          .run(saeHash, now);
        this.keep(saeHash, { person, seat }, holding, now);
        const taken = this.connection
          .prepare<[string], number>(
            "SELECT feature FROM leases WHERE sae_hash = ?",
          )
          .pluck()
          .all(saeHash);
        const feature = choose(new Set(taken));
        if (feature === undefined) return undefined;
        const until = now + LEASE_MS;
        this.connection
          .prepare("INSERT INTO leases VALUES (?, ?, ?, ?, ?)")
          .run(saeHash, feature, person, seat, until);
        return { feature, until };
      })
      .immediate();
  }

  /**
   * Renews what the seat holds and takes back the rest; what was lost in the
   * meantime it gets again if nobody else has it.
   *
   * @returns what it holds now.
   */
  renew(
    saeHash: string,
    seat: Seat,
    holding: readonly number[],
    now: number,
  ): Lease[] {
    return this.connection
      .transaction(() => {
        this.keep(saeHash, seat, holding, now);
        return this.connection
          .prepare<[string, string, string], Lease>(
            `SELECT feature, until FROM leases
             WHERE sae_hash = ? AND seat = ? AND person = ? ORDER BY feature`,
          )
          .all(saeHash, seat.seat, seat.person);
      })
      .immediate();
  }

  /** Who has something in hand now: ids of people, in order. */
  people(saeHash: string, now: number): string[] {
    return this.connection
      .prepare<[string, number], string>(
        `SELECT DISTINCT person FROM leases
         WHERE sae_hash = ? AND until > ? ORDER BY person`,
      )
      .pluck()
      .all(saeHash, now);
  }

  close(): void {
    this.connection.close();
  }

  private keep(
    saeHash: string,
    { person, seat }: Seat,
    holding: readonly number[],
    now: number,
  ): void {
    const held = JSON.stringify(holding);
    this.connection
      .prepare(
        `DELETE FROM leases WHERE sae_hash = ? AND seat = ? AND person = ?
         AND feature NOT IN (SELECT value FROM json_each(?))`,
      )
      .run(saeHash, seat, person, held);
    const renew = this.connection.prepare(
      `INSERT INTO leases VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET person = excluded.person,
         seat = excluded.seat, until = excluded.until
       WHERE (seat = excluded.seat AND person = excluded.person) OR until <= ?`,
    );
    for (const feature of holding) {
      renew.run(saeHash, feature, person, seat, now + LEASE_MS, now);
    }
  }
}

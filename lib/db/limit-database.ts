import Database from "better-sqlite3";
import { rmSync } from "node:fs";
import { systemErrorCode } from "#lib/errors";

/**
 * How often something may be done: at once up to `burst` times, then once
 * every `everyMs`.
 */
export interface Limit {
  burst: number;
  everyMs: number;
}

/**
 * Counts what people try, for all processes of this server. Not precious, so
 * never flushed to the disk: a power cut makes it forget.
 */
export class LimitDatabase {
  readonly #connection: Database.Database;
  readonly #find: Database.Statement<[string], number>;
  readonly #set: Database.Statement<[string, number]>;
  readonly #forget: Database.Statement<[string]>;

  constructor(file: string) {
    this.#connection = open(file);
    this.#find = this.#connection
      .prepare<[string], number>("SELECT busy_until FROM limits WHERE key = ?")
      .pluck();
    this.#set = this.#connection.prepare(
      "INSERT INTO limits (key, busy_until) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET busy_until = excluded.busy_until",
    );
    this.#forget = this.#connection.prepare("DELETE FROM limits WHERE key = ?");
    // What is over says nothing any more.
    this.#connection
      .prepare("DELETE FROM limits WHERE busy_until < ?")
      .run(Date.now());
  }

  /**
   * Takes one try out of what is allowed (the "generic cell rate algorithm":
   * one number a key says until when the tries made are paid for).
   *
   * @returns 0, or in how many ms there is a try again.
   */
  take(key: string, { burst, everyMs }: Limit, now: number): number {
    return this.#connection
      .transaction(() => {
        const busyUntil = Math.max(this.#find.get(key) ?? 0, now) + everyMs;
        const wait = busyUntil - now - burst * everyMs;
        if (wait > 0) return wait;
        this.#set.run(key, busyUntil);
        return 0;
      })
      .immediate();
  }

  /** Gives one try back. */
  giveBack(key: string, { everyMs }: Limit): void {
    this.#connection
      .transaction(() => {
        const busyUntil = this.#find.get(key);
        if (busyUntil !== undefined) this.#set.run(key, busyUntil - everyMs);
      })
      .immediate();
  }

  /** Gives all tries back. */
  clear(key: string): void {
    this.#forget.run(key);
  }

  close(): void {
    this.#connection.close();
  }
}

function open(file: string): Database.Database {
  try {
    return openTable(file);
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test(code)) throw error;
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
    return openTable(file);
  }
}

function openTable(file: string): Database.Database {
  const connection = new Database(file);
  try {
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = OFF");
    connection.exec(
      "CREATE TABLE IF NOT EXISTS limits (key TEXT PRIMARY KEY, busy_until REAL NOT NULL) WITHOUT ROWID",
    );
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

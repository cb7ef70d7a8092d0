import type { Limit, LimitDatabase } from "#lib/db/index";
import { AppError } from "#lib/errors";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Per name or person, and per address. */
const LIMITS = {
  // Ten wrong passwords for one name, then one a minute.
  "log-in name": { burst: 10, everyMs: MINUTE },
  "log-in address": { burst: 50, everyMs: 10 * SECOND },
  "invitation address": { burst: 20, everyMs: 30 * SECOND },
  password: { burst: 10, everyMs: MINUTE },
  // Far above what hands do; programs that write more use the import.
  write: { burst: 300, everyMs: 100 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;

/** What people may try, and what they tried. */
export class Limits {
  readonly #db: LimitDatabase;
  readonly #now: () => number;

  constructor(db: LimitDatabase, now: () => number = Date.now) {
    this.#db = db;
    this.#now = now;
  }

  /** @throws AppError "rate_limited", saying when to try again. */
  take(name: LimitName, whose: string): void {
    const wait = this.#db.take(key(name, whose), LIMITS[name], this.#now());
    if (wait === 0) return;
    const retryAfter = Math.ceil(wait / SECOND);
    throw new AppError(
      "rate_limited",
      `Too many ${name === "write" ? "changes" : "attempts"} at once; try again in ${retryAfter === 1 ? "a second" : `${retryAfter} seconds`}.`,
      { details: { retryAfter } },
    );
  }

  /** A try that turned out well does not count. */
  forgive(name: LimitName, whose: string): void {
    this.#db.giveBack(key(name, whose), LIMITS[name]);
  }

  /** Nothing that was tried before counts any more. */
  clear(name: LimitName, whose: string): void {
    this.#db.clear(key(name, whose));
  }
}

const key = (name: LimitName, whose: string) => `${name} ${whose}`;

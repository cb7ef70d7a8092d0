import Database from "better-sqlite3";
import { statSync } from "node:fs";
import { eventsAfter, lastSeq, type StoredEvent } from "./event-log";

/** Events told of at once; who is further behind asks for everything anew. */
export const TAIL_MAX = 500;

/** What is new in the log. */
export interface News {
  events: StoredEvent[];
  /** Too much happened, or an older backup was restored: look anew. */
  reset: boolean;
  last: number;
}

/**
 * Follows the log of a label database, whoever writes to it: this process or
 * another. Asking whether there is news costs next to nothing.
 */
export class EventTail {
  private readonly connection: Database.Database;
  private version: unknown;
  /** The number of the newest event that was seen. */
  last: number;

  private readonly inode: unknown;

  constructor(private readonly file: string) {
    this.inode = inodeOf(file);
    // A connection of its own: it sees this process's own writes as news too.
    this.connection = new Database(file, { readonly: true, timeout: 1000 });
    this.version = this.dataVersion();
    this.last = lastSeq(this.connection);
  }

  /** What was written since the last call; undefined: nothing. */
  poll(): News | undefined {
    const version = this.dataVersion();
    if (version === this.version) return undefined;
    this.version = version;
    const last = lastSeq(this.connection);
    if (last === this.last) return undefined;
    const news = last < this.last ? RESET : this.after(this.last, last);
    this.last = last;
    return { ...news, last };
  }

  /** What who has seen `seq` has missed of what the tail has seen. */
  since(seq: number): News {
    const { last } = this;
    if (seq > last) return { ...RESET, last };
    return { ...this.after(seq, last), last };
  }

  /** Whether the file is another one by now: this tail hears nothing more. */
  get replaced(): boolean {
    return inodeOf(this.file) !== this.inode;
  }

  close(): void {
    this.connection.close();
  }

  private after(seq: number, last: number): Omit<News, "last"> {
    if (last - seq > TAIL_MAX) return RESET;
    return {
      events: eventsAfter(this.connection, seq, last - seq),
      reset: false,
    };
  }

  private dataVersion(): unknown {
    return this.connection.pragma("data_version", { simple: true });
  }
}

const inodeOf = (file: string) =>
  statSync(file, { throwIfNoEntry: false })?.ino;

const RESET = { events: [], reset: true };

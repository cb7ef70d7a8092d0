import type { Database, Statement } from "better-sqlite3";
import { TermCursor } from "./posting-cursor";
import { exactTerm } from "./write-search";

export interface Word {
  word: string;
  id: number;
  /** Features that have it. */
  features: number;
}

/** Words that one beginning can stand for: those that most features have. */
export const EXPANDED_WORDS = 32;

/** Looks words and tokens up in an index; every method is a key look-up. */
export class TermStore {
  private readonly exact: Statement<[string], Word>;
  private readonly beginning: Statement<[string, string], Word>;
  private readonly ofWord: Statement<[number], Buffer>;
  private readonly ofToken: Statement<[number], Buffer>;

  constructor(db: Database) {
    this.exact = db.prepare("SELECT * FROM words WHERE word = ?");
    this.beginning = db.prepare(
      `SELECT * FROM words WHERE word >= ? AND word < ?
       ORDER BY features DESC, word LIMIT ${EXPANDED_WORDS}`,
    );
    this.ofWord = db
      .prepare<[number], Buffer>(
        "SELECT postings FROM word_postings WHERE word = ? ORDER BY chunk",
      )
      .pluck();
    this.ofToken = db
      .prepare<[number], Buffer>(
        "SELECT postings FROM token_postings WHERE token = ? ORDER BY chunk",
      )
      .pluck();
  }

  find(word: string): Word | undefined {
    return this.exact.get(word);
  }

  /** The most frequent words that begin so, most frequent first. */
  beginningWith(start: string): Word[] {
    // U+10FFFF sorts after every character, in UTF-8 as in UTF-16 pairs.
    return this.beginning.all(start, `${start}\u{10ffff}`);
  }

  word(id: number): TermCursor {
    return new TermCursor(this.ofWord.all(id));
  }

  token(token: number, atPeak: boolean): TermCursor {
    return new TermCursor(this.ofToken.all(exactTerm(token, atPeak)));
  }
}

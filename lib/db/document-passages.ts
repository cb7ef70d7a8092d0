import type { Database } from "better-sqlite3";
import { uint16From } from "./blobs";

/** A run of a document's tokens that stands in one sequence. */
export interface Passage {
  sequence: number;
  /** Its first token's place in the sequence. */
  start: number;
  /** … and in the document. */
  offset: number;
  /** The whole sequence's tokens. */
  tokens: Uint16Array;
}

export interface DocumentPassages {
  id: number;
  title: string;
  source: string;
  /** Consecutive in the document, unless part of it is not indexed. */
  passages: Passage[];
  /** Where the passages before these begin, and those after; null: none. */
  previous: number | null;
  next: number | null;
}

/**
 * `limit` passages of a document from the one that begins at `from` on, or
 * about the token `at`; undefined where the index has no such document.
 */
export function documentPassages(
  db: Database,
  document: number,
  place: { from: number } | { at: number },
  limit: number,
): DocumentPassages | undefined {
  const described = db
    .prepare<[number], { id: number; title: string; source: string }>(
      "SELECT id, title, source FROM documents WHERE id = ?",
    )
    .get(document);
  if (!described) return undefined;
  const before = (offset: number, count: number) =>
    db
      .prepare<[number, number, number], number>(
        `SELECT document_offset FROM segments
         WHERE document = ? AND document_offset < ?
         ORDER BY document_offset DESC LIMIT ?`,
      )
      .pluck()
      .all(document, offset, count)
      .at(-1);
  // A third of what is shown stands before the token that is asked for.
  const context = Math.ceil(limit / 3) + 1;
  const from =
    "from" in place ? place.from : (before(place.at + 1, context) ?? place.at);
  const rows = db
    .prepare<[number, number, number], PassageColumns>(
      `SELECT sequence, start, document_offset AS offset, tokens
       FROM segments JOIN sequences ON sequences.id = segments.sequence
       WHERE document = ? AND document_offset >= ?
       ORDER BY document_offset LIMIT ?`,
    )
    .all(document, from, limit + 1);
  const first = rows[0]?.offset ?? from;
  return {
    ...described,
    passages: rows
      .slice(0, limit)
      .map(({ tokens, ...row }) => ({ ...row, tokens: uint16From(tokens) })),
    previous: before(first, limit) ?? null,
    next: rows[limit]?.offset ?? null,
  };
}

interface PassageColumns {
  sequence: number;
  start: number;
  offset: number;
  tokens: Buffer;
}

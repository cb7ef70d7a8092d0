import type { Database } from "better-sqlite3";
import { uint16From } from "./blobs";

/**
 * The tokens of about `count` sequences spread evenly over the text, one after
 * another; all of them when there are fewer.
 */
export function spreadSequences(db: Database, count: number): Uint16Array {
  const last =
    db
      .prepare<[], number | null>("SELECT max(id) FROM sequences")
      .pluck()
      .get() ?? -1;
  const find = db.prepare<[number], { id: number; tokens: Buffer }>(
    "SELECT id, tokens FROM sequences WHERE id >= ? ORDER BY id LIMIT 1",
  );
  const found = new Map<number, Uint16Array>();
  for (let i = 0; i < count; i++) {
    const row = find.get(Math.floor((i * (last + 1)) / count));
    if (row) found.set(row.id, uint16From(row.tokens));
  }
  return Uint16Array.from([...found.values()].flatMap((ids) => [...ids]));
}

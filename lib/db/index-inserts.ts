import type { Database } from "better-sqlite3";

/** One prepared INSERT a table of the index database. */
export function prepareInserts(db: Database) {
  return {
    manifest: db.prepare("INSERT INTO manifest VALUES (?)"),
    summary: db.prepare("INSERT INTO summary VALUES (?)"),
    document: db.prepare("INSERT INTO documents VALUES (?, ?, ?)"),
    sequence: db.prepare("INSERT INTO sequences VALUES (?, ?)"),
    segment: db.prepare("INSERT INTO segments VALUES (?, ?, ?, ?)"),
    feature: db.prepare(
      `INSERT INTO features
         (feature, firing_count, mean_activation, max_activation, skewness,
        top_tokens)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    detail: db.prepare("INSERT INTO feature_details VALUES (?, ?)"),
    example: db.prepare("INSERT INTO examples VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
    sample: db.prepare("INSERT INTO samples VALUES (?, ?, ?, ?)"),
    quiz: db.prepare("INSERT INTO quiz_contexts VALUES (?, ?, ?, ?)"),
    atlas: db.prepare("INSERT INTO atlas VALUES (?, ?)"),
  };
}

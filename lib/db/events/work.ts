import type { Database } from "better-sqlite3";
import { run } from "#lib/db/statement";

/** Counts an answer somebody gave at `at`, or takes it back. */
export function countWork(
  db: Database,
  { saeHash, person, at }: { saeHash: string; person: string; at: string },
  by: 1 | -1,
): void {
  run(
    db,
    `INSERT INTO queue_work (sae_hash, person, answers) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET answers = answers + excluded.answers`,
    saeHash,
    person,
    by,
  );
  run(
    db,
    `INSERT INTO queue_minutes (sae_hash, minute, person, answers)
     VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET answers = answers + excluded.answers`,
    saeHash,
    at.slice(0, "2026-01-01T12:34".length),
    person,
    by,
  );
}

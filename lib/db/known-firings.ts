import type { Database } from "better-sqlite3";
import { float32From, uint16From, uint32From } from "./blobs";
import type { ExampleDocument } from "./feature-detail";
import { keptForQuizzes } from "./quiz-contexts";
import { all, one } from "./statement";

/** What an index holds of a feature's firings in one sequence. */
export interface KnownFirings {
  sequence: number;
  /** Ascending. */
  positions: Uint16Array;
  values: Float32Array;
  /** Whether these are all its firings there. */
  whole: boolean;
}

/**
 * The sequences in which a feature is known to fire: those of its stored
 * examples, in their order (strongest first), then those of its sample that are
 * not kept for quizzes.
 */
export function knownFirings(db: Database, feature: number): KnownFirings[] {
  const found = new Map<number, KnownFirings>();
  const examples = db
    .prepare<
      [number],
      { sequence: number; positions: Buffer; activations: Buffer }
    >(
      `SELECT sequence, positions, activations FROM examples
       WHERE feature = ? ORDER BY grp, rank`,
    )
    .all(feature);
  for (const { sequence, positions, activations } of examples) {
    if (found.has(sequence)) continue;
    found.set(sequence, {
      sequence,
      positions: uint16From(positions),
      values: float32From(activations),
      whole: true,
    });
  }
  for (const sampled of sampledFirings(db, feature)) {
    if (!found.has(sampled.sequence)) found.set(sampled.sequence, sampled);
  }
  return [...found.values()];
}

function sampledFirings(db: Database, feature: number): KnownFirings[] {
  const row = db
    .prepare<
      [number],
      { sequences: Buffer; positions: Buffer; activations: Buffer }
    >("SELECT sequences, positions, activations FROM samples WHERE feature = ?")
    .get(feature);
  if (!row) return [];
  const kept = keptForQuizzes(db, feature);
  const positions = uint16From(row.positions);
  const values = float32From(row.activations);
  const bySequence = new Map<number, { position: number; value: number }[]>();
  uint32From(row.sequences).forEach((sequence, i) => {
    if (kept.has(sequence)) return;
    const firing = { position: positions[i]!, value: values[i]! };
    const list = bySequence.get(sequence);
    if (list) list.push(firing);
    else bySequence.set(sequence, [firing]);
  });
  return [...bySequence].map(([sequence, list]) => {
    list.sort((a, b) => a.position - b.position);
    return {
      sequence,
      positions: Uint16Array.from(list, (f) => f.position),
      values: Float32Array.from(list, (f) => f.value),
      whole: false,
    };
  });
}

/** Tokens of sequences, by their number; unknown ones are left out. */
export function sequenceTokens(
  db: Database,
  sequences: readonly number[],
): Map<number, Uint16Array> {
  const rows = all<{ id: number; tokens: Buffer }>(
    db,
    `SELECT id, tokens FROM sequences
     WHERE id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(sequences),
  );
  return new Map(rows.map(({ id, tokens }) => [id, uint16From(tokens)]));
}

/** The document that a token of a sequence comes from. */
export function documentAt(
  db: Database,
  sequence: number,
  position: number,
): ExampleDocument | undefined {
  return one<ExampleDocument>(
    db,
    `SELECT documents.id, title, source,
         document_offset + :position - start AS tokenOffset
       FROM segments AS s JOIN documents ON documents.id = s.document
       WHERE s.sequence = :sequence AND s.start = (
         SELECT max(start) FROM segments
         WHERE sequence = :sequence AND start <= :position)`,
    { sequence, position },
  );
}

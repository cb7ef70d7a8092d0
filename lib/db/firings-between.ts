import type { Database } from "better-sqlite3";
import { float32From, uint16From, uint32From } from "./blobs";
import type { ExampleDocument } from "./feature-detail";
import { documentAt, sequenceTokens } from "./known-firings";
import { keptForQuizzes } from "./quiz-contexts";

/** A firing of a feature with the sequence it stands in. */
export interface FoundFiring {
  sequence: number;
  peakPosition: number;
  peakValue: number;
  /** Where the feature fires in the whole sequence; the peak alone if `partial`. */
  positions: Uint16Array;
  values: Float32Array;
  /** Only the peak is stored, not the sequence's other firings. */
  partial: boolean;
  tokens: Uint16Array;
  document: ExampleDocument;
}

type Firing = Omit<FoundFiring, "tokens" | "document">;

/**
 * Firings with an activation in (above, upTo], one a sequence, strongest first:
 * those that stored examples hold anywhere in their sequence, then those of the
 * uniform sample, less what is kept for quizzes.
 */
export function firingsBetween(
  db: Database,
  feature: number,
  range: { above: number; upTo: number },
  limit: number,
): FoundFiring[] {
  const found = new Map<number, Firing>();
  const offer = (firing: Firing) => {
    const { sequence, peakValue, partial } = firing;
    if (peakValue <= range.above || peakValue > range.upTo) return;
    const known = found.get(sequence);
    // Stored examples come first; a sequence they hold needs no sample.
    if (known && (partial || known.peakValue >= peakValue)) return;
    found.set(sequence, firing);
  };
  for (const firing of storedFirings(db, feature)) offer(firing);
  for (const firing of sampledFirings(db, feature)) offer(firing);
  return [...found.values()]
    .sort((a, b) => b.peakValue - a.peakValue || a.sequence - b.sequence)
    .slice(0, limit)
    .map((firing) => ({ ...firing, ...placeOf(db, firing) }));
}

function* storedFirings(db: Database, feature: number): Generator<Firing> {
  const rows = db
    .prepare<
      [number],
      { sequence: number; positions: Buffer; activations: Buffer }
    >(
      `SELECT sequence, positions, activations FROM examples
       WHERE feature = ? GROUP BY sequence`,
    )
    .all(feature);
  for (const row of rows) {
    const positions = uint16From(row.positions);
    const values = float32From(row.activations);
    for (let i = 0; i < positions.length; i++) {
      yield {
        sequence: row.sequence,
        peakPosition: positions[i]!,
        peakValue: values[i]!,
        positions,
        values,
        partial: false,
      };
    }
  }
}

function* sampledFirings(db: Database, feature: number): Generator<Firing> {
  const row = db
    .prepare<
      [number],
      { sequences: Buffer; positions: Buffer; activations: Buffer }
    >("SELECT sequences, positions, activations FROM samples WHERE feature = ?")
    .get(feature);
  if (!row) return;
  const kept = keptForQuizzes(db, feature);
  const sequences = uint32From(row.sequences);
  const positions = uint16From(row.positions);
  const values = float32From(row.activations);
  for (let i = 0; i < sequences.length; i++) {
    if (kept.has(sequences[i]!)) continue;
    yield {
      sequence: sequences[i]!,
      peakPosition: positions[i]!,
      peakValue: values[i]!,
      positions: positions.slice(i, i + 1),
      values: values.slice(i, i + 1),
      partial: true,
    };
  }
}

function placeOf(
  db: Database,
  { sequence, peakPosition }: Firing,
): Pick<FoundFiring, "tokens" | "document"> {
  return {
    tokens: sequenceTokens(db, [sequence]).get(sequence)!,
    document: documentAt(db, sequence, peakPosition)!,
  };
}

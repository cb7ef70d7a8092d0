import { Rng } from "#lib/random";
import type { SilentContextRecord, SilenceReason } from "#lib/db/records";
import { BLOCK, excerptAt } from "./excerpt";
import type { PoolPlace, QuizPool } from "./quiz-pool";

/** Silent contexts kept of each kind: enough for four quizzes. */
export const PER_REASON = 8;
/** Places of one token, or rows, that are tried. */
const TRIES = 64;

export interface NearMissRequest {
  feature: number;
  /** Tokens it fires on most, most first. */
  topTokens: readonly number[];
  /** Features like it, or that fire beside it, the nearest first. */
  related: readonly number[];
  /** Sequences that may be shown of the feature, or fire in its quizzes. */
  taken: ReadonlySet<number>;
  seed: number;
}

/**
 * Excerpts of the pool in which the feature is silent throughout, one a
 * sequence: such as hold a token it often fires on, such as a related feature
 * fires in, and any others; up to `PER_REASON` of each, drawn by the seed.
 */
export function nearMisses(
  pool: QuizPool,
  request: NearMissRequest,
): SilentContextRecord[] {
  const rng = Rng.of(request.seed, 9, request.feature);
  const taken = new Set(request.taken);
  const found: SilentContextRecord[] = [];
  const search = (reason: SilenceReason, places: Iterable<PoolPlace>) => {
    let count = 0;
    for (const place of places) {
      const sequence = pool.sequences[place.row]!;
      if (taken.has(sequence) || !pool.isSilent(request.feature, place)) {
        continue;
      }
      taken.add(sequence);
      const { start } = excerptAt(place.position, pool.size);
      found.push({ sequence, start, reason });
      if (++count === PER_REASON) return;
    }
  };
  if (pool.rows === 0) return found;
  search("token", tokenPlaces(pool, request.topTokens, rng));
  search("related", relatedPlaces(pool, request.related, rng));
  search("other", anyPlaces(pool, rng));
  return found;
}

/** Places of the tokens in turn: one of the first, one of the second, … */
function* tokenPlaces(
  pool: QuizPool,
  tokens: readonly number[],
  rng: Rng,
): Generator<PoolPlace> {
  const starts = tokens.map((token) =>
    rng.below(Math.max(1, pool.countOf(token))),
  );
  for (let i = 0; i < TRIES; i++) {
    for (const [t, token] of tokens.entries()) {
      const count = pool.countOf(token);
      if (i < count) yield pool.placeOf(token, (starts[t]! + i) % count);
    }
  }
}

/** Blocks in which related features fire, one of each in turn. */
function* relatedPlaces(
  pool: QuizPool,
  related: readonly number[],
  rng: Rng,
): Generator<PoolPlace> {
  const walks = related.map((feature) => firedPlaces(pool, feature, rng));
  for (let i = 0; i < TRIES; i++) {
    for (const walk of walks) {
      const next = walk.next();
      if (next.done !== true) yield next.value;
    }
  }
}

function* firedPlaces(
  pool: QuizPool,
  feature: number,
  rng: Rng,
): Generator<PoolPlace> {
  const from = rng.below(pool.rows);
  for (const [start, end] of [
    [from, pool.rows],
    [0, from],
  ] as const) {
    let row = pool.nextFired(feature, start);
    for (; row >= 0 && row < end; row = pool.nextFired(feature, row + 1)) {
      const blocks = pool.firedBlocks(feature, row);
      for (let b = 0; blocks >> b > 0; b++) {
        if ((blocks >> b) & 1) yield { row, position: b * BLOCK };
      }
    }
  }
}

function* anyPlaces(pool: QuizPool, rng: Rng): Generator<PoolPlace> {
  const from = rng.below(pool.rows);
  for (let i = 0; i < pool.rows; i++) {
    const row = (from + i) % pool.rows;
    yield { row, position: rng.below(pool.size) };
  }
}

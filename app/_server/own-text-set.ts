import { setOf, type FeatureSet } from "#lib/db/index";
import { clauseOf, type Query } from "#lib/query/index";
import { lensKey, lensProcess } from "./lens-process";

/** More features than this are not looked at on one token. */
const PER_TOKEN = 4096;

/** How a feature fires on the tokens of a text that count. */
export interface OwnTextFiring {
  max: number;
  /** The (first) token with it. */
  at: number;
  sum: number;
  tokensFired: number;
}

/** A text of one's own, read by the model and the SAE. */
export interface OwnTextRun {
  tokens: Uint16Array;
  /** Strongest activation of each token. */
  strongest: number[];
  firings: Map<number, OwnTextFiring>;
  /** Ranked by the maximum, or by the sum over chosen tokens. */
  set: FeatureSet;
}

/**
 * Runs the text of `text:`, if there is one.
 *
 * @throws AppError "invalid" when it is too long.
 */
export async function runOwnText(
  saeId: string,
  query: Query,
  signal?: AbortSignal,
): Promise<OwnTextRun | undefined> {
  const clause = clauseOf(query, "text");
  if (clause === undefined) return undefined;
  const { tokens, code } = await lensProcess().ask(
    "read",
    lensKey(saeId),
    { text: clause.text, perToken: PER_TOKEN, feature: undefined },
    signal,
  );
  const on = clauseOf(query, "on")?.tokens;
  const firings = firingsOn(code, on && new Set(on));
  const scores = [...firings].map(([feature, { max, sum }]) => {
    return [feature, on === undefined ? max : sum] as const;
  });
  return {
    tokens,
    strongest: Array.from({ length: code.rows }, (_, row) =>
      code.values
        .subarray(code.rowPtr[row], code.rowPtr[row + 1])
        .reduce((a, b) => Math.max(a, b), 0),
    ),
    firings,
    set: setOf(new Map(scores)),
  };
}

/** A row a token: its features and their values. */
interface SparseCode {
  rows: number;
  rowPtr: Uint32Array;
  indices: Uint32Array;
  values: Float32Array;
}

/** @param on tokens that count, from 1; undefined: all */
function firingsOn(
  { rows, rowPtr, indices, values }: SparseCode,
  on: ReadonlySet<number> | undefined,
): Map<number, OwnTextFiring> {
  const firings = new Map<number, OwnTextFiring>();
  for (let at = 0; at < rows; at++) {
    if (on?.has(at + 1) === false) continue;
    for (let e = rowPtr[at]!; e < rowPtr[at + 1]!; e++) {
      const value = values[e]!;
      const known = firings.get(indices[e]!);
      if (known === undefined) {
        const first = { max: value, at, sum: value, tokensFired: 1 };
        firings.set(indices[e]!, first);
        continue;
      }
      known.sum += value;
      known.tokensFired++;
      if (value <= known.max) continue;
      known.max = value;
      known.at = at;
    }
  }
  return firings;
}

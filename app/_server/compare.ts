import { existsSync } from "node:fs";
import { join } from "node:path";
import type {
  ComparedSae,
  MatchFigures,
  MatchListQuery,
  MatchPage,
  MatchState,
  SaeComparison,
} from "#lib/contract/index";
import {
  matchFileName,
  matchReader,
  type IndexManifest,
  type IndexReader,
  type MatchReader,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Actor } from "#lib/policy";
import { WEIGHTS_FILE } from "#lib/sae/index";
import { hiddenFrom } from "./blind";
import { readerOf } from "./databases";
import { featureRow } from "./features";
import { matchJob, startMatch } from "./match-jobs";
import { matchesFolder, saeFolder } from "./paths";
import { getSae } from "./saes";

interface Pair {
  a: string;
  b: string;
}

/** Two SAEs side by side. @throws AppError "not_found". */
export function compareSaes({ a, b }: Pair): SaeComparison {
  return { a: compared(a), b: compared(b), match: matchState({ a, b }) };
}

/**
 * Makes the match of two SAEs unless it is there.
 *
 * @throws AppError "not_found", "invalid" for two that cannot be matched.
 */
export function makeMatch({ a, b }: Pair): { match: MatchState } {
  const match = matchState({ a, b });
  if (match.state === "impossible") {
    throw new AppError("invalid", match.message);
  }
  if (match.state !== "ready") startMatch(matchFile({ a, b }), a, b);
  return { match: matchState({ a, b }) };
}

/**
 * One page of the features of one side.
 *
 * @throws AppError "not_found" when the two are not matched yet.
 */
export function listMatches(viewer: Actor, query: MatchListQuery): MatchPage {
  const match = currentMatch(query);
  if (match === null) {
    throw new AppError(
      "not_found",
      `${query.a} and ${query.b} have not been matched yet; open their comparison, or run \`npm run match\`.`,
    );
  }
  const own = readerOf(query[query.side]);
  const other = readerOf(query[query.side === "a" ? "b" : "a"]);
  const { saeHash } = own.manifest;
  const live = query.state === "live";
  const { rows, nextCursor } = match.list(saeHash, { ...query, live });
  const ownRows = own.rows(rows.map((row) => row.feature));
  const otherRows = other.rows(rows.map((row) => row.best));
  const hidesOwn = hiddenFrom(viewer, saeHash);
  const hidesOther = hiddenFrom(viewer, other.manifest.saeHash);
  const figures = match.summary(saeHash)[query.state];
  return {
    rows: rows.flatMap(({ feature, best, ...rest }) => {
      const ownRow = ownRows.get(feature);
      const otherRow = otherRows.get(best);
      if (!ownRow || !otherRow) return [];
      return [
        {
          feature: featureRow(ownRow, hidesOwn),
          best: featureRow(otherRow, hidesOther),
          ...rest,
        },
      ];
    }),
    total: listTotal(figures, query),
    nextCursor,
  };
}

function listTotal(
  { features, reaching, mutual }: MatchFigures,
  { list, threshold }: MatchListQuery,
): number {
  const t = Math.round(100 * threshold);
  switch (list) {
    case "matched":
      return mutual[t]!;
    case "shared":
      return reaching[t]! - mutual[t]!;
    case "unmatched":
      return features - reaching[t]!;
  }
}

function matchState({ a, b }: Pair): MatchState {
  const current = currentMatch({ a, b });
  if (current) {
    return {
      state: "ready",
      createdAt: current.manifest.createdAt,
      a: current.summary(readerOf(a).manifest.saeHash),
      b: current.summary(readerOf(b).manifest.saeHash),
    };
  }
  const message = whyImpossible(a, b);
  if (message !== null) return { state: "impossible", message };
  return matchJob(matchFile({ a, b })) ?? { state: "missing" };
}

/** The match as made from the indexes there are now; null when there is none. */
export function currentMatch({ a, b }: Pair): MatchReader | null {
  const readers: IndexReader[] = [readerOf(a), readerOf(b)];
  try {
    const match = matchReader(matchFile({ a, b }));
    const current = readers.every(
      ({ manifest }) =>
        match.side(manifest.saeHash).indexedAt === manifest.createdAt,
    );
    return current ? match : null;
  } catch (error) {
    // Not there, damaged, of another version: it is made anew.
    if (error instanceof AppError) return null;
    throw error;
  }
}

function matchFile({ a, b }: Pair): string {
  const hash = (id: string) => readerOf(id).manifest.saeHash;
  return join(matchesFolder(), matchFileName(hash(a), hash(b)));
}

/** Why these two cannot be matched, a sentence; null when they can. */
function whyImpossible(a: string, b: string): string | null {
  const [one, two] = [readerOf(a).manifest, readerOf(b).manifest];
  if (one.saeHash === two.saeHash) {
    return "These are the same SAE; choose two different ones.";
  }
  if (one.dIn !== two.dIn) {
    return `${a} reads ${one.dIn} numbers a token and ${b} ${two.dIn}; only SAEs that read equally many can be matched.`;
  }
  const lost = [one, two].find((m) => !hasWeights(m));
  return lost === undefined
    ? null
    : `The weights of ${lost.saeId} are not in DATA_DIR/saes any more; without them its features cannot be matched.`;
}

function hasWeights({ saeId }: IndexManifest): boolean {
  return existsSync(join(saeFolder(saeId), WEIGHTS_FILE));
}

function compared(saeId: string): ComparedSae {
  return getSae(saeId);
}

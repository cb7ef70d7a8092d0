import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { settings } from "#lib/config";
import {
  IndexReader,
  matchFileName,
  MatchReader,
  openIndexDatabase,
  openMatchDatabase,
  writeMatch,
  type MatchColumns,
  type MatchManifest,
  type MatchSide,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  isMutual,
  matchDictionaries,
  pairCosines,
  summariseSide,
  type DictionaryMatch,
} from "#lib/features/index";
import { loadSae, type Sae } from "#lib/sae/index";
import type { StepUi } from "./console";
import { findSae } from "./find-sae";
import { indexFile } from "./index-features";

export interface MatchRequest {
  /** Names in DATA_DIR/saes, or folders in SAELens' format. */
  a: string;
  b: string;
  /** Match again even if it is done. */
  restart: boolean;
  threads?: number;
  /** Features that have their answer, of all features of both. */
  onProgress?: (done: number, total: number) => void;
}

export interface MatchResult {
  file: string;
  status: "finished" | "already";
  bytes: number;
  manifest: MatchManifest;
}

interface Side {
  sae: Sae;
  /** 1 where a feature fired in the index; undefined without an index. */
  live: Uint8Array | undefined;
  description: MatchSide;
}

/**
 * Matches the features of two SAEs by their decoder directions and writes
 * DATA_DIR/matches/<hash>-<hash>.sqlite.
 */
export async function runMatch(
  request: MatchRequest,
  ui: StepUi,
): Promise<MatchResult> {
  const sides = [await openSide(request.a), await openSide(request.b)].sort(
    (x, y) => (x.sae.hash < y.sae.hash ? -1 : 1),
  ) as [Side, Side];
  const [first, second] = sides;
  checkPair(first.sae, second.sae);
  const name = matchFileName(first.sae.hash, second.sae.hash);
  const file = join(settings().dataDir, "matches", name);
  const descriptions = [first.description, second.description] as const;
  if (!request.restart && isCurrent(file, descriptions)) {
    ui.say(`match    already done: ${file}`);
    return describeMatch(file, "already");
  }
  const { dIn } = first.sae.config;
  ui.say(
    `match    ${first.sae.id} (${first.sae.config.dSae} features) and ${second.sae.id} (${second.sae.config.dSae})`,
  );
  const total = first.sae.config.dSae + second.sae.config.dSae;
  const bar = ui.progress("match", { unit: "features", total });
  const match = await matchDictionaries(
    first.sae.W_dec,
    second.sae.W_dec,
    dIn,
    {
      ...(request.threads === undefined ? {} : { threads: request.threads }),
      signal: ui.signal,
      onProgress: (done, all) => {
        bar.update(done);
        request.onProgress?.(done, all);
      },
    },
  );
  bar.finish();
  const columns = [
    columnsOf(match, first, second),
    columnsOf(flip(match), second, first),
  ] as const;
  writeMatch(
    file,
    {
      sides: [...descriptions],
      dIn,
      createdAt: new Date().toISOString(),
      summaries: columns.map(summaries),
    },
    columns,
  );
  return describeMatch(file, "finished");
}

async function openSide(name: string): Promise<Side> {
  const sae = await loadSae(await findSae(name));
  const { dSae, hookName, modelName } = sae.config;
  const file = indexFile(sae.id);
  let live: Uint8Array | undefined;
  let indexedAt: string | null = null;
  if (existsSync(file)) {
    const database = openIndexDatabase(file);
    // An index of other weights says nothing about these.
    if (database.manifest.saeHash === sae.hash) {
      const { firingCount } = new IndexReader(database).points();
      live = Uint8Array.from(firingCount, (count) => (count > 0 ? 1 : 0));
      indexedAt = database.manifest.createdAt;
    }
    database.connection.close();
  }
  const description = {
    saeId: sae.id,
    saeHash: sae.hash,
    dSae,
    hookName,
    modelName,
    indexedAt,
  };
  return { sae, live, description };
}

/** @throws AppError "invalid" for two SAEs that cannot be compared. */
function checkPair(a: Sae, b: Sae): void {
  if (a.hash === b.hash) {
    throw new AppError(
      "invalid",
      `${a.id} and ${b.id} have the same weights; choose two different SAEs.`,
    );
  }
  if (a.config.dIn !== b.config.dIn) {
    throw new AppError(
      "invalid",
      `${a.id} reads ${a.config.dIn} numbers a token and ${b.id} ${b.config.dIn}; only SAEs that read equally many can be matched.`,
    );
  }
}

/** Whether the file holds the match of exactly these, of their newest indexes. */
function isCurrent(file: string, sides: readonly MatchSide[]): boolean {
  if (!existsSync(file)) return false;
  try {
    const { connection, manifest } = openMatchDatabase(file);
    connection.close();
    return JSON.stringify(manifest.sides) === JSON.stringify(sides);
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

function columnsOf(
  match: DictionaryMatch,
  { sae, live }: Side,
  other: Side,
): MatchColumns {
  const { dIn, dSae } = sae.config;
  const { bestOfA: best, cosineOfA: cosine } = match;
  return {
    best,
    cosine,
    encoderCosine: pairCosines(sae.W_enc, other.sae.W_enc, dIn, best),
    mutual: Uint8Array.from({ length: dSae }, (_, i) =>
      isMutual(match, i) ? 1 : 0,
    ),
    live: live ?? new Uint8Array(dSae).fill(1),
  };
}

function summaries({ cosine, mutual, live }: MatchColumns) {
  const features = Array.from(cosine, (value, i) => ({
    cosine: value,
    mutual: mutual[i] === 1,
  }));
  return {
    all: summariseSide(features),
    live: summariseSide(features, (feature) => live[feature] === 1),
  };
}

/** The same match seen from the other side. */
function flip(match: DictionaryMatch): DictionaryMatch {
  const { bestOfA, cosineOfA, bestOfB, cosineOfB } = match;
  return {
    bestOfA: bestOfB,
    cosineOfA: cosineOfB,
    bestOfB: bestOfA,
    cosineOfB: cosineOfA,
  };
}

function describeMatch(
  file: string,
  status: MatchResult["status"],
): MatchResult {
  const database = openMatchDatabase(file);
  const { manifest } = new MatchReader(database);
  database.connection.close();
  return { file, status, bytes: statSync(file).size, manifest };
}

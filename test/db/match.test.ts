import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  closeConnections,
  matchFileName,
  matchReader,
  openMatchDatabase,
  writeMatch,
  type MatchColumns,
  type MatchList,
  type MatchManifest,
  type MatchRow,
} from "#lib/db/index";
import { matchListSql } from "#lib/db/match-reader";
import { Rng } from "#lib/random";

const HASHES = ["a".repeat(64), "b".repeat(64)] as const;
const SIZES = [300, 170] as const;

let folder: string;
let file: string;
let columns: [MatchColumns, MatchColumns];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "monolex-match-"));
  file = join(folder, matchFileName(HASHES[1], HASHES[0]));
  columns = [randomColumns(1, 0), randomColumns(2, 1)];
  writeMatch(file, manifest(), columns);
});
afterAll(() => {
  closeConnections();
  rmSync(folder, { recursive: true, force: true });
});

function manifest(): Omit<MatchManifest, "schemaVersion"> {
  const summary = {
    features: 0,
    meanCosine: 0.5,
    histogram: [],
    reaching: [],
    mutual: [],
  };
  return {
    sides: [side(0), side(1)],
    dIn: 8,
    createdAt: "2026-01-15T12:00:00.000Z",
    summaries: [
      { all: summary, live: summary },
      { all: { ...summary, meanCosine: 0.25 }, live: summary },
    ],
  };
}

function side(number: 0 | 1) {
  return {
    saeId: `sae-${number}`,
    saeHash: HASHES[number],
    dSae: SIZES[number],
    hookName: "blocks.2.hook_resid_post",
    modelName: "mini-gpt2",
    indexedAt: null,
  };
}

function randomColumns(seed: number, number: 0 | 1): MatchColumns {
  const rng = new Rng(seed);
  const rows = SIZES[number];
  const drawn = (share: number) =>
    Uint8Array.from({ length: rows }, () => (rng.uniform() < share ? 1 : 0));
  return {
    best: Int32Array.from({ length: rows }, () =>
      rng.below(SIZES[1 - number]!),
    ),
    // Few different values: many ties.
    cosine: Float32Array.from({ length: rows }, () => rng.below(40) / 40),
    encoderCosine: Float32Array.from({ length: rows }, () => rng.uniform()),
    mutual: drawn(0.4),
    live: drawn(0.8),
  };
}

const LISTS: Record<MatchList, (row: MatchRow, t: number) => boolean> = {
  matched: (row, t) => row.mutual && row.cosine >= t,
  shared: (row, t) => !row.mutual && row.cosine >= t,
  unmatched: (row, t) => row.cosine < t,
};

function oracleRows(number: 0 | 1): MatchRow[] {
  const { best, cosine, encoderCosine, mutual } = columns[number];
  return Array.from(best, (other, feature) => ({
    feature,
    best: other,
    cosine: cosine[feature]!,
    encoderCosine: encoderCosine[feature]!,
    mutual: mutual[feature] === 1,
  }));
}

describe("a match file", () => {
  for (const number of [0, 1] as const) {
    for (const order of ["asc", "desc"] as const) {
      for (const list of ["matched", "shared", "unmatched"] as const) {
        for (const live of [true, false]) {
          test(`pages through the ${list} features of side ${number}, ${order}, ${live ? "live" : "all"}`, () => {
            const reader = matchReader(file);
            const threshold = 0.55;
            const expected = oracleRows(number)
              .filter((row) => LISTS[list](row, threshold))
              .filter((row) => !live || columns[number].live[row.feature] === 1)
              .sort(
                (a, b) =>
                  (order === "asc" ? 1 : -1) *
                  (a.cosine - b.cosine || a.feature - b.feature),
              );
            const found: MatchRow[] = [];
            let cursor: string | undefined;
            do {
              const query = { list, order, threshold, live, cursor, limit: 7 };
              const page = reader.list(HASHES[number], query);
              expect(page.rows.length).toBeLessThanOrEqual(7);
              found.push(...page.rows);
              cursor = page.nextCursor ?? undefined;
            } while (cursor !== undefined);
            expect(found).toEqual(expected);
          });

          test(`serves that list from an index alone, without sorting (${number} ${order} ${list} ${live})`, () => {
            const { connection } = openMatchDatabase(file);
            const { sql, values } = matchListSql(number, {
              list,
              order,
              threshold: 0.5,
              live,
              limit: 50,
            });
            const plan = connection
              .prepare<[typeof values], { detail: string }>(
                `EXPLAIN QUERY PLAN ${sql}`,
              )
              .all(values)
              .map((step) => step.detail)
              .join("\n");
            connection.close();
            expect(plan).toMatch(/SEARCH features USING INDEX/);
            expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
          });
        }
      }
    }
  }

  test("gives one feature's row and each side's figures by the SAE's hash", () => {
    const reader = matchReader(file);
    expect(reader.row(HASHES[1], 12)).toEqual(oracleRows(1)[12]);
    expect(reader.row(HASHES[1], 170)).toBeUndefined();
    expect(reader.summary(HASHES[1]).all.meanCosine).toBe(0.25);
    expect(reader.side(HASHES[0]).saeId).toBe("sae-0");
    expect(() => reader.side("c".repeat(64))).toThrow(/two other SAEs/);
  });

  test("refuses a cursor of another list", () => {
    const reader = matchReader(file);
    const query = {
      order: "asc",
      threshold: 0.5,
      live: false,
      limit: 3,
    } as const;
    const { nextCursor } = reader.list(HASHES[0], { ...query, list: "shared" });
    expect(() =>
      reader.list(HASHES[0], {
        ...query,
        list: "matched",
        cursor: nextCursor!,
      }),
    ).toThrow(/does not belong to this list/);
  });

  test("is there whole or not at all, and its name is the same from both sides", () => {
    expect(matchFileName(...HASHES)).toBe(matchFileName(HASHES[1], HASHES[0]));
    expect(readdirSync(folder)).toEqual([matchFileName(...HASHES)]);
    const other = join(folder, "sub", "x.sqlite");
    const broken = { ...columns[0], cosine: new Float32Array(1) };
    expect(() => {
      writeMatch(other, manifest(), [broken, columns[1]]);
    }).toThrow();
    expect(readdirSync(join(folder, "sub"))).toEqual([]);
    rmSync(join(folder, "sub"), { recursive: true });
  });

  test("that is missing or no match is said in words", () => {
    const missing = join(folder, "none.sqlite");
    expect(() => openMatchDatabase(missing)).toThrow(/have not been matched/);
    expect(existsSync(missing)).toBe(false);
    writeFileSync(missing, "not a database, but long enough to be read as one");
    expect(() => openMatchDatabase(missing)).toThrow(/damaged.*npm run match/);
    rmSync(missing);
  });
});

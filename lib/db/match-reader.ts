import { AppError } from "#lib/errors";
import { decodeCursor, encodeCursor } from "./cursor";
import type { MatchDatabase } from "./match-database";
import type { MatchManifest, MatchSide, MatchSummary } from "./match-records";

/**
 * Which features of a side are listed, at a threshold t of the cosine:
 * "matched": each is the other's nearest, cosine ≥ t;
 * "shared": cosine ≥ t, but another feature of its side is nearer to it;
 * "unmatched": nothing of the other side has cosine ≥ t.
 */
export type MatchList = "matched" | "shared" | "unmatched";

export interface MatchListQuery {
  list: MatchList;
  /** From the cosine's least to its largest, or the other way. */
  order: "asc" | "desc";
  threshold: number;
  /** Leave out features that never fired. */
  live: boolean;
  cursor?: string | undefined;
  limit: number;
}

export interface MatchRow {
  feature: number;
  /** The nearest feature of the other side. */
  best: number;
  cosine: number;
  encoderCosine: number;
  /** Whether each is the other's nearest. */
  mutual: boolean;
}

interface Columns {
  feature: number;
  best: number;
  cosine: number;
  encoder_cosine: number;
  mutual: number;
}

const CONDITIONS: Record<MatchList, string> = {
  matched: "mutual = 1 AND cosine >= :threshold",
  shared: "mutual = 0 AND cosine >= :threshold",
  unmatched: "cosine < :threshold",
};

/** The match of two SAEs, as the one or the other sees it. */
export class MatchReader {
  readonly manifest: MatchManifest;

  constructor(private readonly database: MatchDatabase) {
    this.manifest = database.manifest;
  }

  /** @param saeHash one of the two. */
  side(saeHash: string): MatchSide {
    return this.manifest.sides[this.sideOf(saeHash)]!;
  }

  /** Figures of one SAE's features. */
  summary(saeHash: string): { all: MatchSummary; live: MatchSummary } {
    return this.manifest.summaries[this.sideOf(saeHash)]!;
  }

  /** What is known of one feature; undefined if there is none such. */
  row(saeHash: string, feature: number): MatchRow | undefined {
    const row = this.database.connection
      .prepare<[number, number], Columns>(
        "SELECT * FROM features WHERE side = ? AND feature = ?",
      )
      .get(this.sideOf(saeHash), feature);
    return row && matchRow(row);
  }

  /**
   * One page of a list, by cosine.
   *
   * @throws AppError "bad_request" for a cursor of another list.
   */
  list(
    saeHash: string,
    query: MatchListQuery,
  ): { rows: MatchRow[]; nextCursor: string | null } {
    const side = this.sideOf(saeHash);
    const { sql, values, name } = matchListSql(side, query);
    const rows = this.database.connection
      .prepare<[typeof values], Columns>(sql)
      .all(values);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const more = rows.length > query.limit && last !== undefined;
    return {
      rows: shown.map(matchRow),
      nextCursor: more
        ? encodeCursor(name, { value: last.cosine, feature: last.feature })
        : null,
    };
  }

  private sideOf(saeHash: string): 0 | 1 {
    const side = this.manifest.sides.findIndex((s) => s.saeHash === saeHash);
    if (side === 0 || side === 1) return side;
    throw new AppError("not_found", "This match is of two other SAEs.");
  }
}

/** The statement for one page: `limit` rows and one more. */
export function matchListSql(
  side: 0 | 1,
  { list, order, threshold, live, cursor, limit }: MatchListQuery,
): { sql: string; values: Record<string, number>; name: string } {
  const name = `match ${side} ${list} ${order} ${threshold} ${live}`;
  const filters = ["side = :side", CONDITIONS[list]];
  const values: Record<string, number> = { side, threshold, rows: limit + 1 };
  if (live) filters.push("live = 1");
  if (cursor !== undefined) {
    const after = decodeCursor(name, cursor);
    const beyond = order === "asc" ? ">" : "<";
    filters.push(`(cosine, feature) ${beyond} (:afterValue, :afterFeature)`);
    values["afterValue"] = after.value;
    values["afterFeature"] = after.feature;
  }
  return {
    sql: `SELECT feature, best, cosine, encoder_cosine, mutual FROM features
      WHERE ${filters.join(" AND ")}
      ORDER BY cosine ${order}, feature ${order} LIMIT :rows`,
    values,
    name,
  };
}

function matchRow(row: Columns): MatchRow {
  const { feature, best, cosine } = row;
  return {
    feature,
    best,
    cosine,
    encoderCosine: row.encoder_cosine,
    mutual: row.mutual === 1,
  };
}

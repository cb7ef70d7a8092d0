import type { Database } from "better-sqlite3";

/** A row that is not as it should be. */
export interface RowDifference {
  table: string;
  /** Its key. */
  key: unknown[];
  /** What is there; null: the row is missing. */
  found: Row | null;
  /** What should be there; null: there should be no such row. */
  expected: Row | null;
}
type Row = Record<string, unknown>;

export interface TableComparison {
  table: string;
  rows: number;
  differences: number;
  /** The first of them. */
  first: RowDifference[];
}

/** The columns that say which row it is; a full-text table has its rowid. */
function keyOf(db: Database, table: string): string[] {
  const columns = db.pragma(`table_info(${table})`) as {
    name: string;
    pk: number;
  }[];
  const key = columns.filter((c) => c.pk > 0).sort((a, b) => a.pk - b.pk);
  return key.length > 0 ? key.map((column) => column.name) : ["rowid"];
}

/** Compares a table with what it should be, row by row in the key's order. */
export function compareTable(
  found: Database,
  expected: Database,
  table: string,
  limit: number,
): TableComparison {
  const key = keyOf(found, table);
  const columns = key[0] === "rowid" ? "rowid, *" : "*";
  const sql = `SELECT ${columns} FROM ${table} ORDER BY ${key.join(", ")}`;
  const there = found.prepare<[], Row>(sql).iterate();
  const wanted = expected.prepare<[], Row>(sql).iterate();
  const result: TableComparison = {
    table,
    rows: 0,
    differences: 0,
    first: [],
  };
  const differ = (at: Row, f: Row | null, e: Row | null) => {
    result.differences++;
    if (result.first.length < limit) {
      const names = key.map((name) => at[name]);
      result.first.push({ table, key: names, found: f, expected: e });
    }
  };
  let f = next(there);
  let e = next(wanted);
  while (f !== undefined || e !== undefined) {
    const order = compareKeys(f, e, key);
    if (order < 0) {
      differ(f!, f!, null);
    } else if (order > 0) {
      differ(e!, null, e!);
    } else if (!sameRow(f!, e!)) {
      differ(f!, f!, e!);
    }
    if (order <= 0) {
      f = next(there);
      result.rows++;
    }
    if (order >= 0) e = next(wanted);
  }
  return result;
}

function next(rows: IterableIterator<Row>): Row | undefined {
  const { done, value } = rows.next() as IteratorResult<Row, undefined>;
  return done ? undefined : value;
}

/** The order SQLite has them in: numbers, then texts by their bytes. */
function compareKeys(
  a: Row | undefined,
  b: Row | undefined,
  key: readonly string[],
): number {
  if (a === undefined) return b === undefined ? 0 : 1;
  if (b === undefined) return -1;
  for (const name of key) {
    const [x, y] = [a[name], b[name]];
    if (x === y) continue;
    if (typeof x === "number" && typeof y === "number") return x - y;
    if (typeof x !== typeof y) return typeof x === "number" ? -1 : 1;
    return Buffer.compare(Buffer.from(String(x)), Buffer.from(String(y)));
  }
  return 0;
}

function sameRow(a: Row, b: Row): boolean {
  return Object.keys(b).every((name) => a[name] === b[name]);
}

import type { Database } from "better-sqlite3";
import { createHash, type Hash } from "node:crypto";
import type { TableContents } from "./records";

/**
 * The contents of every table but the manifest, which keeps them: whatever is
 * in an index later is what was written, or is noticed.
 */
export function tableContents(db: Database): Record<string, TableContents> {
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table'
       AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'manifest'
       -- Its rows are those of other tables.
       AND sql NOT LIKE 'CREATE VIRTUAL %'
       ORDER BY name`,
    )
    .pluck()
    .all();
  return Object.fromEntries(tables.map((name) => [name, contents(db, name)]));
}

type Value = number | string | Buffer | null;

function contents(db: Database, table: string): TableContents {
  const writer = new HashWriter();
  let rows = 0;
  // No index: in the order of the table itself.
  const all = db.prepare<[], Value[]>(`SELECT * FROM "${table}" NOT INDEXED`);
  for (const row of all.raw().iterate()) {
    for (const value of row) writer.add(value);
    rows++;
  }
  return { rows, sha256: writer.digest() };
}

const NULL = 0;
const NUMBER = 1;
const TEXT = 2;
const BYTES = 3;

/** Hashes values by their kind, length and bytes: no two lists look alike. */
class HashWriter {
  private readonly hash: Hash = createHash("sha256");
  /** Small values are gathered: a call of the hash costs more than they do. */
  private readonly block = Buffer.allocUnsafe(1 << 16);
  private filled = 0;

  add(value: Value): void {
    if (this.filled + 16 > this.block.length) this.flush();
    if (value === null) this.filled = this.block.writeUInt8(NULL, this.filled);
    else if (typeof value === "number") {
      this.filled = this.block.writeUInt8(NUMBER, this.filled);
      this.filled = this.block.writeDoubleLE(value, this.filled);
    } else if (typeof value === "string")
      this.addBytes(TEXT, Buffer.from(value));
    else this.addBytes(BYTES, value);
  }

  digest(): string {
    this.flush();
    return this.hash.digest("hex");
  }

  private addBytes(kind: number, bytes: Buffer): void {
    this.filled = this.block.writeUInt8(kind, this.filled);
    this.filled = this.block.writeDoubleLE(bytes.length, this.filled);
    if (bytes.length > this.block.length - this.filled) this.flush();
    if (bytes.length > this.block.length) this.hash.update(bytes);
    else this.filled += bytes.copy(this.block, this.filled);
  }

  private flush(): void {
    this.hash.update(this.block.subarray(0, this.filled));
    this.filled = 0;
  }
}

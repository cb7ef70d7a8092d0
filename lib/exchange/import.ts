import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { ExchangeFormat, ImportReport } from "#lib/contract/index";
import type { LabelDatabase } from "#lib/db/index";
import { AppError } from "#lib/errors";
import type { Place } from "#lib/labels/index";
import { assertMay, type Actor } from "#lib/policy";
import { applyRow, type Ready } from "./apply-row";
import { Authors } from "./people";
import { assertWhole, openRows, type ReadRow } from "./read-rows";
import type { Row } from "./row";

/** Rows written at once: other people's writes wait no longer than for these. */
const BATCH = 100;
/** Rejections told in full; all are counted. */
const REJECTIONS_SHOWN = 500;
const PEOPLE_SHOWN = 100;
const DAY_MS = 24 * 3600 * 1000;

export interface KnownSae {
  saeHash: string;
  /** How many features it has. */
  dSae: number;
}

export interface ImportOptions {
  actor: Actor;
  now: () => Date;
  /** The SAE of rows that name none, and of Neuronpedia's explanations. */
  sae?: KnownSae | undefined;
  /** Refuse rows of any other SAE. */
  only?: boolean;
  /** An SAE that is indexed here, by its hash or, without one, its name. */
  findSae: (
    saeHash: string | undefined,
    name: string | undefined,
  ) => KnownSae | undefined;
  /** Is told of every rejected row, also beyond those in the report. */
  onRejected?: (rejection: Rejection) => void;
  onProgress?: (rows: number) => void;
  signal?: AbortSignal;
}

export type Rejection = ImportReport["rejections"][number];

/**
 * Writes what a file holds into the label database. It may be called again
 * with the same file: what is there is left as it is. A row is written whole or
 * not at all; a file that cannot be read to its end writes nothing.
 *
 * @throws AppError "forbidden"; "invalid" for a file that is none of ours.
 */
export async function importFile(
  db: LabelDatabase,
  file: string,
  options: ImportOptions,
): Promise<ImportReport> {
  assertMay(options.actor, "import");
  await assertWhole(file);
  const { format, rows } = await openRows(file);
  const importing = new Importing(db, format, options);
  let batch: ReadRow[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    importing.write(batch);
    batch = [];
    // Others want to be served too.
    await setImmediate();
    options.signal?.throwIfAborted();
  }
  importing.write(batch);
  return importing.report;
}

class Importing {
  readonly report: ImportReport;
  private readonly authors: Authors;

  constructor(
    private readonly db: LabelDatabase,
    format: ExchangeFormat,
    private readonly options: ImportOptions,
  ) {
    this.authors = new Authors(db, options.actor.id);
    this.report = {
      ...{ format, checked: false, rows: 0 },
      ...{ added: {}, already: 0, rejected: 0, rejections: [] },
      people: { known: [], fresh: [] },
    };
  }

  /** In one transaction; a row that is refused takes only itself back. */
  write(batch: readonly ReadRow[]): void {
    const connection = this.db.$client;
    const one = connection.transaction((row: Row) => this.writeRow(row));
    connection
      .transaction(() => {
        for (const { line, content } of batch) {
          this.report.rows++;
          if ("problem" in content) this.reject(line, null, content.problem);
          else this.tryRow(line, content, one);
        }
      })
      .immediate();
    const { fresh, known } = this.authors;
    this.report.people = {
      known: known.slice(0, PEOPLE_SHOWN),
      fresh: fresh.slice(0, PEOPLE_SHOWN),
    };
    this.options.onProgress?.(this.report.rows);
  }

  private tryRow(
    line: number,
    row: Row,
    write: (row: Row) => "added" | "already",
  ): void {
    const { report } = this;
    try {
      const outcome = this.authors.trying(() => write(row));
      if (outcome === "already") report.already++;
      else report.added[row.type] = (report.added[row.type] ?? 0) + 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.reject(line, row.type, error.message);
    }
  }

  private reject(line: number, type: string | null, reason: string): void {
    const { report, options } = this;
    const rejection = { line, type, reason };
    report.rejected++;
    if (report.rejections.length < REJECTIONS_SHOWN) {
      report.rejections.push(rejection);
    }
    options.onRejected?.(rejection);
  }

  private writeRow(row: Row): "added" | "already" {
    const place = row.type === "list" ? null : this.placeOf(row);
    const now = this.options.now();
    const at = row.createdAt ?? now.toISOString();
    if (Date.parse(at) > now.getTime() + DAY_MS) {
      throw new AppError("invalid", "It is said to be written in the future.");
    }
    const person = (name: string | undefined) => this.authors.idOf(name, at);
    const author = person(row.author);
    const changed = row.type === "label";
    return applyRow(this.db, {
      row,
      id: row.id ?? madeUpId(row, place),
      place,
      author,
      at,
      people: {
        editor:
          changed && row.editor !== undefined ? person(row.editor) : author,
        acceptedBy:
          changed && row.acceptedBy !== null ? person(row.acceptedBy) : null,
      },
    } satisfies Ready);
  }

  /** @throws AppError for an SAE or a feature that is not here. */
  private placeOf(row: Exclude<Row, { type: "list" }>): Place {
    const { sae: name, saeHash, feature } = row;
    const { sae: given, only = false, findSae } = this.options;
    const named = saeHash !== undefined || name !== undefined;
    const sae = named ? findSae(saeHash, name) : given;
    if (!sae) {
      throw new AppError(
        "not_found",
        named
          ? `There is no SAE here with the content of ${name ?? saeHash!}.`
          : "The row names no SAE; say which one it is for.",
      );
    }
    if (only && sae.saeHash !== given?.saeHash) {
      throw new AppError(
        "invalid",
        `The row is of another SAE, ${name ?? saeHash!}.`,
      );
    }
    const last = sae.dSae - 1;
    const other = row.type === "flag" ? row.duplicateOf : null;
    for (const number of [feature, other ?? feature]) {
      if (number <= last) continue;
      throw new AppError(
        "not_found",
        `There is no feature ${number}; this SAE's features are 0 to ${last}.`,
      );
    }
    return { saeHash: sae.saeHash, feature };
  }
}

/** A row without an id is known again by what it says. */
function madeUpId(row: Row, place: Place | null): string {
  const { type, author, ...said } = row;
  const words =
    type === "label" && "text" in said
      ? said.text
      : JSON.stringify({ ...said, sae: null, saeHash: null });
  const digest = createHash("sha256")
    .update(JSON.stringify([type, place, author ?? null, words]))
    .digest("hex");
  return `import:${digest.slice(0, 40)}`;
}

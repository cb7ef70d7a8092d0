"use client";

import Link from "next/link";
import { useState } from "react";
import type { SweepCell } from "#lib/contract/index";
import { architectureTitle } from "./architecture";
import { formatCount } from "./format";
import { SortHeader, type SortOrder } from "./sort-header";
import { sparsityText } from "./sweep-box";
import { formatFigure, SWEEP_FIGURES } from "./sweep-measures";
import styles from "./feature-table.module.css";

interface Column {
  name: string;
  meaning?: string;
  /** What the column is sorted by; null goes last either way. */
  value: (cell: SweepCell) => string | number | null;
  show: (cell: SweepCell) => string;
}

const COLUMNS: readonly Column[] = [
  {
    name: "Architecture",
    value: (cell) => architectureTitle(cell.architecture),
    show: (cell) => architectureTitle(cell.architecture),
  },
  {
    name: "Latents",
    value: (cell) => cell.dSae,
    show: (cell) => formatCount(cell.dSae),
  },
  {
    name: "Asked for",
    meaning: "k active latents per token, or a sparsity coefficient λ.",
    value: (cell) => cell.k ?? cell.sparsity,
    show: sparsityText,
  },
  ...SWEEP_FIGURES.map((figure) => ({
    name: figure.name,
    meaning: figure.meaning,
    value: (cell: SweepCell) => cell[figure.key],
    show: (cell: SweepCell) => formatFigure(figure, cell),
  })),
  {
    name: "Engine",
    value: (cell) => cell.engine,
    show: (cell) => cell.engine,
  },
  {
    name: "Hook",
    value: (cell) => cell.hookName,
    show: (cell) => cell.hookName,
  },
];
const SAE: Column = {
  name: "SAE",
  value: (cell) => cell.saeId,
  show: (cell) => cell.saeId,
};

interface SweepTableProps {
  cells: SweepCell[];
  /** Ids of the SAEs that have a page. */
  indexed: string[];
}

/** The charts' figures as a table: sorted by any column. */
export function SweepTable({ cells, indexed }: SweepTableProps) {
  const [sort, setSort] = useState<{ column: Column; order: SortOrder }>({
    column: COLUMNS.find((column) => column.name === "L0")!,
    order: "asc",
  });
  const pages = new Set(indexed);
  const choose = (column: Column) => {
    const turned = sort.column === column && sort.order === "asc";
    setSort({ column, order: turned ? "desc" : "asc" });
  };
  return (
    <section className={styles.section} aria-label="Figures">
      <div className={styles.head}>
        <h2>Figures</h2>
        <p className="muted small">
          {cells.length} SAEs, measured on held-out tokens
        </p>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {[...COLUMNS, SAE].map((column) => (
                <SortHeader
                  key={column.name}
                  name={column.name}
                  {...(column.meaning === undefined
                    ? {}
                    : { meaning: column.meaning })}
                  order={sort.column === column ? sort.order : null}
                  onSort={() => {
                    choose(column);
                  }}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted(cells, sort.column, sort.order).map((cell) => (
              <tr key={cell.saeId}>
                {COLUMNS.map((column) => (
                  <td key={column.name}>{column.show(cell)}</td>
                ))}
                <td>
                  {pages.has(cell.saeId) ? (
                    <Link
                      href={`/sae/${encodeURIComponent(cell.saeId)}`}
                      prefetch={false}
                    >
                      {cell.saeId}
                    </Link>
                  ) : (
                    cell.saeId
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function sorted(
  cells: readonly SweepCell[],
  { value }: Column,
  order: SortOrder,
): SweepCell[] {
  const sign = order === "asc" ? 1 : -1;
  return [...cells].sort((first, second) => {
    const [a, b] = [value(first), value(second)];
    if (a === null || b === null)
      return Number(a === null) - Number(b === null);
    if (a === b) return 0;
    return a < b ? -sign : sign;
  });
}

import type { ReactNode } from "react";
import styles from "./chart.module.css";

interface ChartTableProps {
  /** What opens it: "The bins as a table". */
  name: string;
  head: string[];
  rows: { key: string | number; cells: ReactNode[] }[];
  /** Below the rows. */
  note?: string;
}

/** A chart's figures for those who would rather read, or cannot see it. */
export function ChartTable({ name, head, rows, note }: ChartTableProps) {
  return (
    <details className="small">
      <summary>{name}</summary>
      <div
        className={styles.tableScroll}
        tabIndex={0}
        role="group"
        aria-label={name}
      >
        <table className={styles.bins}>
          <thead>
            <tr>
              {head.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, cells }) => (
              <tr key={key}>
                {cells.map((cell, i) => (
                  <td key={i}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note === undefined ? null : <p className="muted">{note}</p>}
    </details>
  );
}

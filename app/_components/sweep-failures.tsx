import type { SweepCell } from "#lib/contract/index";
import { architectureTitle } from "./architecture";
import { formatCount } from "./format";
import { sparsityText } from "./sweep-box";
import styles from "./sweep-view.module.css";

/** The cells that failed, each with its error. */
export function SweepFailures({ cells }: { cells: SweepCell[] }) {
  if (cells.length === 0) return null;
  return (
    <section
      id="failed"
      className={`card ${styles.failures}`}
      aria-label="Failed SAEs"
    >
      <h2>
        {cells.length} {cells.length === 1 ? "SAE" : "SAEs"} failed
      </h2>
      <ul>
        {cells.map((cell) => (
          <li key={cell.saeId}>
            <strong>
              {architectureTitle(cell.architecture)}, {formatCount(cell.dSae)},{" "}
              {sparsityText(cell)}
            </strong>{" "}
            <span className="mono small">{cell.saeId}</span>
            <div className={styles.error}>
              {cell.error ?? "No reason was recorded."}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

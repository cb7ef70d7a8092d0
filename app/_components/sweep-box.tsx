import type { SweepCell } from "#lib/contract/index";
import { architectureTitle } from "./architecture";
import { ChartTooltip } from "./chart-tooltip";
import { formatCount } from "./format";
import { formatFigure, SWEEP_FIGURES } from "./sweep-measures";
import styles from "./sweep-view.module.css";

/** What was asked of an SAE to set its sparsity: "k = 32", "λ = 0.01". */
export function sparsityText({
  k,
  sparsity,
}: Pick<SweepCell, "k" | "sparsity">): string {
  if (k !== null) return `k = ${k}`;
  return sparsity === null ? "–" : `λ = ${Number(sparsity.toPrecision(3))}`;
}

interface SweepBoxProps {
  cell: SweepCell;
  /** Whether a click leads to the SAE's page. */
  canOpen: boolean;
}

/** A point's SAE and every figure of it. */
export function SweepBox({ cell, canOpen }: SweepBoxProps) {
  return (
    <ChartTooltip>
      <strong>
        {architectureTitle(cell.architecture)}, {formatCount(cell.dSae)}
      </strong>
      <div className="muted">
        {sparsityText(cell)} · {cell.hookName}
      </div>
      <dl className={styles.box}>
        {SWEEP_FIGURES.map((figure) => (
          <div key={figure.key}>
            <dt>{figure.name}</dt>
            <dd>{formatFigure(figure, cell)}</dd>
          </div>
        ))}
      </dl>
      <div className="muted">
        {canOpen ? "click to open" : "not indexed: no page"}
      </div>
    </ChartTooltip>
  );
}

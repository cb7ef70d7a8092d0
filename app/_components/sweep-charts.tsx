"use client";

import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import type { SweepCell, SweepDetail } from "#lib/contract/index";
import { SweepChart } from "./sweep-chart";
import { SweepLegend } from "./sweep-legend";
import { FVU, LOSS_MEASURES, type SweepMeasure } from "./sweep-measures";
import { paretoFrontier, sweepSeries, sweepStyles } from "./sweep-series";
import styles from "./sweep-view.module.css";

interface SweepChartsProps {
  sweep: SweepDetail;
  /** The cells of the hook that is looked at. */
  cells: SweepCell[];
}

/** FVU and one measure of the model's loss, each against L0. */
export function SweepCharts({ sweep, cells }: SweepChartsProps) {
  const router = useRouter();
  const [loss, setLoss] = useState<SweepMeasure>(LOSS_MEASURES[0]);
  const [pointed, setPointed] = useState<string | null>(null);
  const styleOf = useMemo(() => sweepStyles(sweep.cells), [sweep]);
  const indexed = useMemo(() => new Set(sweep.indexed), [sweep]);
  // Figures of different hooks do not compete.
  const oneHook = new Set(cells.map((cell) => cell.hookName)).size === 1;

  const drawn = (measure: SweepMeasure) => {
    const series = sweepSeries(cells, measure, styleOf);
    return {
      measure,
      series,
      frontier: oneHook
        ? paretoFrontier(
            series.flatMap((s) => s.points),
            measure.better,
          )
        : [],
      pointed,
      onPoint: setPointed,
      canOpen: (cell: SweepCell) => indexed.has(cell.saeId),
      onOpen: (cell: SweepCell) => {
        if (!indexed.has(cell.saeId)) return;
        router.push(`/sae/${encodeURIComponent(cell.saeId)}`);
      },
    };
  };
  const fvu = drawn(FVU);
  const items = new Map(
    fvu.series.map(({ style }) => [style.name, style] as const),
  );
  return (
    <>
      <SweepLegend items={[...items.values()]} frontier={oneHook} />
      <div className={styles.charts}>
        <div className="card">
          <SweepChart {...fvu} />
        </div>
        <div className="card">
          <SweepChart
            {...drawn(loss)}
            control={<LossSwitch value={loss} onChange={setLoss} />}
          />
        </div>
      </div>
    </>
  );
}

interface LossSwitchProps {
  value: SweepMeasure;
  onChange: (measure: SweepMeasure) => void;
}

function LossSwitch({ value, onChange }: LossSwitchProps) {
  return (
    <label className={styles.switch}>
      <span className="muted small">{value.better} is better</span>
      <span className="visually-hidden">Measure</span>
      <select
        value={value.key}
        onChange={(event) => {
          const next = LOSS_MEASURES.find((m) => m.key === event.target.value);
          if (next) onChange(next);
        }}
      >
        {LOSS_MEASURES.map((measure) => (
          <option key={measure.key} value={measure.key}>
            {measure.name}
          </option>
        ))}
      </select>
    </label>
  );
}

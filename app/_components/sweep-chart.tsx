"use client";

import type { ReactNode } from "react";
import {
  CartesianGrid,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Symbols,
  Tooltip,
  XAxis,
  YAxis,
  type ScatterShapeProps,
} from "recharts";
import type { SweepCell } from "#lib/contract/index";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { logDomain, logTicks } from "./log-axis";
import { SweepBox } from "./sweep-box";
import type { SweepMeasure } from "./sweep-measures";
import type { SweepPoint, SweepSeries, SweepStyle } from "./sweep-series";
import styles from "./chart.module.css";

interface SweepChartProps {
  measure: SweepMeasure;
  series: SweepSeries[];
  frontier: SweepPoint[];
  /** Beside the title: what the chart can be switched to. */
  control?: ReactNode;
  /** The SAE that is pointed at, in this chart or in another. */
  pointed: string | null;
  onPoint: (saeId: string | null) => void;
  canOpen: (cell: SweepCell) => boolean;
  onOpen: (cell: SweepCell) => void;
}

const POINT_AREA = 90;

/** A measure against L0 (logarithmic): a point an SAE, a line a series. */
export function SweepChart(props: SweepChartProps) {
  const { measure, series, frontier, control, pointed, onPoint } = props;
  const points = series.flatMap((s) => s.points);
  const x = logDomain(points.map((point) => point.x));
  const mark =
    (style: SweepStyle) =>
    // eslint-disable-next-line react/display-name -- called, not mounted
    ({ cx, cy, payload }: ScatterShapeProps) => {
      if (cx === undefined || cy === undefined) return null;
      const { cell } = payload as SweepPoint;
      return (
        <Symbols
          type={style.shape}
          cx={cx}
          cy={cy}
          size={cell.saeId === pointed ? 2.4 * POINT_AREA : POINT_AREA}
          fill={style.colour}
          stroke="var(--surface)"
          strokeWidth={1.5}
          cursor={props.canOpen(cell) ? "pointer" : "default"}
        />
      );
    };
  const cellOf = (item: { payload?: SweepPoint }) => item.payload!.cell;
  return (
    <figure className={styles.figure}>
      <figcaption className={`${styles.caption} ${styles.withControl}`}>
        <h2>{measure.name} against L0</h2>
        {control ?? (
          <span className="muted small">{measure.better} is better</span>
        )}
      </figcaption>
      <p className="muted small">{measure.meaning}</p>
      <div className={styles.plot} style={{ height: 380 }}>
        {points.length === 0 ? (
          <p className="muted">No SAE here has both figures.</p>
        ) : (
          <ResponsiveContainer width="100%" height="100%">
            <ScatterChart
              margin={{ top: 8, right: 12, bottom: 22, left: 8 }}
              accessibilityLayer={false}
              role="img"
              aria-label={`${measure.name} against L0, ${points.length} SAEs; the table below has the same figures`}
            >
              <CartesianGrid stroke="var(--line)" />
              <XAxis
                type="number"
                dataKey="x"
                scale="log"
                domain={x}
                ticks={logTicks(x)}
                allowDataOverflow
                {...AXIS}
                label={xTitle("L0: active latents per token, log scale")}
              />
              <YAxis
                type="number"
                dataKey="y"
                domain={["auto", "auto"]}
                tickFormatter={measure.format}
                {...AXIS}
                width={64}
                label={yTitle(measure.name)}
              />
              <Tooltip
                isAnimationActive={false}
                cursor={false}
                wrapperStyle={{ zIndex: 4 }}
                content={({ payload }) => {
                  const point = payload[0]?.payload as SweepPoint | undefined;
                  return point === undefined ? null : (
                    <SweepBox
                      cell={point.cell}
                      canOpen={props.canOpen(point.cell)}
                    />
                  );
                }}
              />
              <Scatter
                data={frontier}
                line={{ stroke: "var(--muted)", strokeWidth: 5, opacity: 0.4 }}
                lineJointType="stepAfter"
                shape={() => null}
                tooltipType="none"
                isAnimationActive={false}
              />
              {series.map(({ key, style, points: data }) => (
                <Scatter
                  key={key}
                  data={data}
                  line={{
                    stroke: style.colour,
                    strokeWidth: 1.5,
                    strokeDasharray: style.dash,
                  }}
                  shape={mark(style)}
                  isAnimationActive={false}
                  onMouseEnter={(item) => {
                    onPoint(cellOf(item).saeId);
                  }}
                  onMouseLeave={() => {
                    onPoint(null);
                  }}
                  onClick={(item) => {
                    props.onOpen(cellOf(item));
                  }}
                />
              ))}
            </ScatterChart>
          </ResponsiveContainer>
        )}
      </div>
    </figure>
  );
}

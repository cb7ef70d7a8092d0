"use client";

import { useMemo } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { ChartTooltip } from "./chart-tooltip";
import { formatActivation, formatCompact } from "./format";
import styles from "./chart.module.css";

/** `count` values in (from, to]. */
export interface CountBin {
  from: number;
  to: number;
  count: number;
}

interface CountHistogramProps {
  bins: CountBin[];
  /** A logarithmic axis of counts. */
  log: boolean;
  xName: string;
  /** What is counted; default: tokens. */
  yName?: string;
  /** The horizontal axis's ends; default: the bins'. */
  domain?: readonly [number, number];
  /** What the plot is, for those who do not see it. */
  label: string;
  /** A range to shade. */
  marked?: { from: number; to: number } | null;
  /** A line at zero. */
  zero?: boolean;
  /** A value to draw a line at. */
  at?: number | null;
  describe: (bin: CountBin) => string;
  onChoose?: (bin: CountBin) => void;
}

/** Bars of equal width from bin to bin, both axes named. */
export function CountHistogram(props: CountHistogramProps) {
  const { bins, log, xName, label, marked, zero, describe, onChoose } = props;
  const { yName = "tokens", at = null } = props;
  const [least, most] = props.domain ?? [
    bins[0]?.from ?? 0,
    bins.at(-1)?.to ?? 1,
  ];
  const data = useMemo(
    () =>
      bins.map((bin) => ({
        ...bin,
        middle: (bin.from + bin.to) / 2,
        // An empty bin has no place on a log axis.
        shown: log && bin.count === 0 ? null : bin.count,
      })),
    [bins, log],
  );
  return (
    <div
      className={styles.plot}
      style={{ height: 190, cursor: onChoose ? "pointer" : undefined }}
      role="img"
      aria-label={label}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={data}
          barCategoryGap={0}
          margin={{ top: 6, right: 8, bottom: 18, left: 4 }}
          accessibilityLayer={false}
          onClick={({ activeTooltipIndex }) => {
            const bin = bins[Number(activeTooltipIndex ?? NaN)];
            if (bin) onChoose?.(bin);
          }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="middle"
            type="number"
            domain={[least, most]}
            allowDataOverflow
            tickFormatter={formatActivation}
            {...AXIS}
            label={xTitle(xName)}
          />
          <YAxis
            dataKey="shown"
            scale={log ? "log" : "linear"}
            domain={log ? [0.8, "auto"] : [0, "auto"]}
            allowDataOverflow
            tickFormatter={formatCompact}
            {...AXIS}
            width={52}
            label={yTitle(yName)}
          />
          {marked ? (
            <ReferenceArea
              x1={marked.from}
              x2={marked.to}
              fill="var(--accent)"
              fillOpacity={0.25}
              ifOverflow="hidden"
            />
          ) : null}
          {at === null ? null : (
            <ReferenceLine
              x={Math.min(most, Math.max(least, at))}
              stroke="var(--focus)"
              strokeWidth={2}
            />
          )}
          {zero ? <ReferenceLine x={0} stroke="var(--muted)" /> : null}
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: "var(--sunken)" }}
            content={({ payload }) => {
              const bin = payload[0]?.payload as CountBin | undefined;
              if (bin === undefined) return null;
              return <ChartTooltip>{describe(bin)}</ChartTooltip>;
            }}
          />
          <Bar dataKey="shown" fill="var(--plot)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

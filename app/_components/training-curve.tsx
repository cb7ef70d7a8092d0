"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { SaeDetail } from "#lib/contract/index";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { ChartTooltip } from "./chart-tooltip";
import { formatCompact } from "./format";
import styles from "./chart.module.css";

/** FVU over training: each point one batch. */
export function TrainingCurve({
  curve,
}: {
  curve: SaeDetail["trainingCurve"];
}) {
  const last = curve.at(-1);
  if (last === undefined) {
    return <p className="muted small">No training log came with this SAE.</p>;
  }
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Training</h2>
        <span className="muted small">
          {formatCompact(last.tokens ?? 0)} tokens, last batch FVU{" "}
          {last.fvu?.toFixed(3)}, {last.dead} dead
        </span>
      </figcaption>
      <div className={styles.plot} style={{ height: 200 }}>
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={curve}
            margin={{ top: 6, right: 12, bottom: 20, left: 8 }}
          >
            <CartesianGrid stroke="var(--line)" />
            <XAxis
              dataKey="tokens"
              type="number"
              domain={[0, "dataMax"]}
              tickFormatter={formatCompact}
              {...AXIS}
              label={xTitle("tokens")}
            />
            <YAxis
              scale="log"
              domain={["auto", 1]}
              allowDataOverflow
              {...AXIS}
              tickFormatter={(v: number) => v.toFixed(2)}
              width={56}
              label={yTitle("FVU")}
            />
            <Tooltip
              isAnimationActive={false}
              content={({ payload }) => {
                const point = payload[0]?.payload as
                  Record<string, number> | undefined;
                if (point === undefined) return null;
                return (
                  <ChartTooltip>
                    step {point.step}: FVU {point.fvu?.toFixed(3)}, L0{" "}
                    {point.l0?.toFixed(1)}, {point.dead} dead
                  </ChartTooltip>
                );
              }}
            />
            <Line
              dataKey="fvu"
              stroke="var(--plot)"
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

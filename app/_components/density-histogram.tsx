"use client";

import { useMemo } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { SaeDetail } from "#lib/contract/index";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { ChartTooltip } from "./chart-tooltip";
import { formatCount, formatPercent } from "./format";
import styles from "./chart.module.css";

/** How many features fire how often: log10 of the activation frequency. */
export function DensityHistogram({
  histogram,
}: {
  histogram: SaeDetail["densityHistogram"];
}) {
  const { min, width, counts, dead } = histogram;
  const data = useMemo(
    () =>
      counts.map((count, i) => ({
        from: 10 ** (min + i * width),
        to: 10 ** (min + (i + 1) * width),
        label: formatPercent(10 ** (min + (i + 0.5) * width)),
        count,
      })),
    [min, width, counts],
  );
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Density</h2>
        <span className="muted small">
          {dead === 0
            ? "no dead features"
            : `${formatCount(dead)} dead features are not drawn`}
        </span>
      </figcaption>
      <div className={styles.plot} style={{ height: 200 }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            barCategoryGap={1}
            margin={{ top: 6, right: 12, bottom: 20, left: 8 }}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="label"
              minTickGap={28}
              {...AXIS}
              label={xTitle("activation frequency, log scale")}
            />
            <YAxis {...AXIS} width={56} label={yTitle("features")} />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--sunken)" }}
              content={({ payload }) => {
                const bin = payload[0]?.payload as
                  (typeof data)[number] | undefined;
                if (bin === undefined) return null;
                return (
                  <ChartTooltip>
                    {formatCount(bin.count)} features fire on{" "}
                    {formatPercent(bin.from)} – {formatPercent(bin.to)} of
                    tokens
                  </ChartTooltip>
                );
              }}
            />
            <Bar dataKey="count" fill="var(--plot)" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

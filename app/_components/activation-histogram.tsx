"use client";

import { useMemo, useState } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { FeatureDetail } from "#lib/contract/index";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { ChartTooltip } from "./chart-tooltip";
import { formatActivation, formatCompact, formatCount } from "./format";
import styles from "./chart.module.css";

type HistogramFeature = Pick<
  FeatureDetail,
  "histogram" | "firingCount" | "tokens"
>;

/** How often the feature fires how strongly; zeros are said in words. */
export function ActivationHistogram({
  feature,
}: {
  feature: HistogramFeature;
}) {
  const [log, setLog] = useState(false);
  const { binWidth, counts } = feature.histogram;
  const data = useMemo(
    () =>
      counts.map((count, i) => ({
        from: i * binWidth,
        to: (i + 1) * binWidth,
        count,
        // An empty bin has no place on a log axis.
        shown: log && count === 0 ? null : count,
      })),
    [counts, binWidth, log],
  );
  const zeros = feature.tokens - feature.firingCount;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Activations</h2>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={log}
            onChange={(event) => {
              setLog(event.target.checked);
            }}
          />
          log counts
        </label>
      </figcaption>
      <div className={styles.plot} style={{ height: 190 }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={data}
            barCategoryGap={0}
            margin={{ top: 6, right: 8, bottom: 18, left: 4 }}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="from"
              type="number"
              domain={[0, counts.length * binWidth]}
              tickFormatter={formatActivation}
              {...AXIS}
              label={xTitle("activation")}
            />
            <YAxis
              dataKey="shown"
              scale={log ? "log" : "linear"}
              domain={log ? [0.8, "auto"] : [0, "auto"]}
              allowDataOverflow
              tickFormatter={formatCompact}
              {...AXIS}
              width={52}
              label={yTitle("tokens")}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: "var(--sunken)" }}
              content={({ payload }) => {
                const bin = payload[0]?.payload as
                  (typeof data)[number] | undefined;
                if (bin === undefined) return null;
                return (
                  <ChartTooltip>
                    {formatCount(bin.count)} tokens at{" "}
                    {formatActivation(bin.from)} – {formatActivation(bin.to)}
                  </ChartTooltip>
                );
              }}
            />
            <Bar dataKey="shown" fill="var(--plot)" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </div>
      <p className="muted small">
        {formatCount(feature.firingCount)} firings in {counts.length} bins;
        silent on the other {formatCount(zeros)} tokens.
      </p>
    </figure>
  );
}

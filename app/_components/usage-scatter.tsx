"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import {
  CartesianGrid,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from "recharts";
import { scatterQuery } from "#app/_queries/saes";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { ChartTooltip } from "./chart-tooltip";
import { FeaturePeek } from "./feature-peek";
import { formatActivation, formatOneIn } from "./format";
import { logDomain, logTicks } from "./log-axis";
import { PointCloud, type HoveredPoint } from "./point-cloud";
import styles from "./chart.module.css";

/** recharts draws axes from data; the points themselves are on a canvas. */
const NO_POINTS: never[] = [];

/**
 * Activation frequency against mean activation, both logarithmic, a point a
 * live feature. Pointing shows the nearest feature, a click opens it.
 */
export function UsageScatter({ saeId }: { saeId: string }) {
  const { data } = useSuspenseQuery(scatterQuery(saeId));
  const router = useRouter();
  const [hovered, setHovered] = useState<HoveredPoint | null>(null);
  const x = useMemo(() => logDomain(data.density), [data]);
  const y = useMemo(() => logDomain(data.meanActivation), [data]);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Usage</h2>
        <span className="muted small">
          {data.feature.length.toLocaleString("en")} live features; point to
          see, click to open
        </span>
      </figcaption>
      <div className={styles.plot} style={{ height: 460 }}>
        <ResponsiveContainer width="100%" height="100%">
          <ScatterChart margin={{ top: 8, right: 12, bottom: 22, left: 8 }}>
            <CartesianGrid stroke="var(--line)" />
            <XAxis
              type="number"
              dataKey="x"
              scale="log"
              domain={x}
              ticks={logTicks(x)}
              tickFormatter={(v: number) =>
                `${Number((100 * v).toPrecision(2))} %`
              }
              allowDataOverflow
              {...AXIS}
              label={xTitle("activation frequency (share of tokens)")}
            />
            <YAxis
              type="number"
              dataKey="y"
              scale="log"
              domain={y}
              ticks={logTicks(y)}
              tickFormatter={formatActivation}
              allowDataOverflow
              {...AXIS}
              width={56}
              label={yTitle("mean activation when firing")}
            />
            <Scatter data={NO_POINTS} isAnimationActive={false} />
            <PointCloud
              points={data}
              xDomain={x}
              yDomain={y}
              hovered={hovered}
              onHover={setHovered}
              onOpen={(i) => {
                router.push(
                  `/sae/${encodeURIComponent(saeId)}/feature/${data.feature[i]}`,
                );
              }}
            />
          </ScatterChart>
        </ResponsiveContainer>
        {hovered === null ? null : (
          <div
            className={styles.floating}
            style={{
              left: Math.min(hovered.left, hovered.width - 230),
              top: hovered.top + 14,
            }}
          >
            <ChartTooltip>
              <strong>#{data.feature[hovered.index]}</strong>{" "}
              {formatOneIn(data.density[hovered.index]!)}, mean{" "}
              {formatActivation(data.meanActivation[hovered.index]!)}
              <FeaturePeek saeId={saeId} index={data.feature[hovered.index]!} />
            </ChartTooltip>
          </div>
        )}
      </div>
    </figure>
  );
}

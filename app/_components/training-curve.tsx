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
import { ChartTable } from "./chart-table";
import { ChartTooltip } from "./chart-tooltip";
import { formatCompact } from "./format";
import {
  thinned,
  tokensOf,
  trainingMeasures,
  type TrainingMeasure,
} from "./training-measures";
import { useUrlParams } from "./use-url-params";
import styles from "./chart.module.css";

/** Rows of the table; the curve itself may have more points. */
const ROWS = 40;

/** A figure over training, each point one batch; which one is in the address. */
export function TrainingCurve({
  curve,
}: {
  curve: SaeDetail["trainingCurve"];
}) {
  const [params, change] = useUrlParams();
  const measures = trainingMeasures(curve);
  const measure =
    measures.find(({ key }) => key === params.get("curve")) ?? measures[0];
  const last = curve.at(-1);
  if (last === undefined || measure === undefined) {
    return <p className="muted small">No training log came with this SAE.</p>;
  }
  const rows = thinned(curve, ROWS);
  return (
    <figure className={styles.figure}>
      <figcaption className={`${styles.caption} ${styles.withControl}`}>
        <h2>Training</h2>
        <label className={styles.switch}>
          Show
          <select
            value={measure.key}
            onChange={({ target: { value } }) => {
              change({ curve: value === measures[0]!.key ? null : value });
            }}
          >
            {measures.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </figcaption>
      <Curve curve={curve} measure={measure} />
      <p className="muted small">
        {measure.meaning} {tokensOf(last)} in all; at the end{" "}
        {measure.format(last[measure.key] ?? 0)}.
      </p>
      <ChartTable
        name="The training as a table"
        head={["step", "tokens", ...measures.map(({ name }) => name)]}
        rows={rows.map((point, i) => ({
          key: i,
          cells: [
            point["step"],
            formatCompact(point["tokens"] ?? 0),
            ...measures.map(({ key, format }) => format(point[key] ?? 0)),
          ],
        }))}
        {...(rows.length < curve.length
          ? { note: `${rows.length} of ${curve.length} points, evenly picked.` }
          : {})}
      />
    </figure>
  );
}

interface CurveProps {
  curve: SaeDetail["trainingCurve"];
  measure: TrainingMeasure;
}

function Curve({ curve, measure }: CurveProps) {
  const { key, name, log, format } = measure;
  return (
    <div
      className={styles.plot}
      style={{ height: 200 }}
      role="img"
      aria-label={`${name} over training; the table below has the same figures`}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={curve}
          accessibilityLayer={false}
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
            scale={log ? "log" : "linear"}
            domain={log ? ["auto", "auto"] : [0, "auto"]}
            allowDataOverflow
            {...AXIS}
            tickFormatter={format}
            width={64}
            label={yTitle(log ? `${name}, log scale` : name)}
          />
          <Tooltip
            isAnimationActive={false}
            content={({ payload }) => {
              const point = payload[0]?.payload as
                Record<string, number> | undefined;
              if (point === undefined) return null;
              return (
                <ChartTooltip>
                  step {point["step"]}, {tokensOf(point)}: {name}{" "}
                  {format(point[key] ?? 0)}
                </ChartTooltip>
              );
            }}
          />
          <Line
            // 0 has no place on a log axis.
            dataKey={(point: Record<string, number>) =>
              log && !(point[key]! > 0) ? null : point[key]
            }
            stroke="var(--plot)"
            strokeWidth={2}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

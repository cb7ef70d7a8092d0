"use client";

import Link from "next/link";
import { useMemo } from "react";
import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { SaeDetail } from "#lib/contract/index";
import { AXIS, xTitle, yTitle } from "./chart-axis";
import { ChartTable } from "./chart-table";
import { ChartTooltip } from "./chart-tooltip";
import { formatCount, formatPercent } from "./format";
import { filterLink } from "./sae-links";
import { closed, useUsageFilter, type UsageRanges } from "./usage-filter";
import styles from "./chart.module.css";

interface DensityBin {
  from: number;
  to: number;
  label: string;
  count: number;
}

/**
 * How many features fire how often: log10 of the activation frequency. A bin
 * that is chosen filters the feature table.
 */
export function DensityHistogram({ sae }: { sae: SaeDetail }) {
  const { min, width, counts, dead } = sae.densityHistogram;
  const [filter, setFilter] = useUsageFilter();
  const bins = useMemo(
    () =>
      counts
        .map((count, i): DensityBin => ({
          from: edge(min + i * width),
          to: edge(min + (i + 1) * width),
          label: formatPercent(10 ** (min + (i + 0.5) * width)),
          count,
        }))
        .slice(...filled(counts)),
    [min, width, counts],
  );
  const choose = (bin: DensityBin) => {
    const density = isChosen(filter, bin) ? null : closed(bin.from, bin.to);
    setFilter({ mean: filter?.mean ?? null, density });
  };
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Density</h2>
        <span className="small">
          {dead === 0 ? (
            <span className="muted">no dead features</span>
          ) : (
            <Link href={filterLink(sae.id, "is:dead")}>
              {formatCount(dead)} dead
            </Link>
          )}{" "}
          ·{" "}
          <Link href={filterLink(sae.id, "is:dense")}>
            {formatCount(sae.denseFeatures)} dense
          </Link>
        </span>
      </figcaption>
      <div
        className={styles.plot}
        style={{ height: 200, cursor: "pointer" }}
        role="img"
        aria-label="Features by activation frequency; the table below has the same figures"
      >
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={bins}
            barCategoryGap={1}
            margin={{ top: 6, right: 12, bottom: 20, left: 8 }}
            accessibilityLayer={false}
            onClick={({ activeTooltipIndex }) => {
              const bin = bins[Number(activeTooltipIndex ?? NaN)];
              if (bin) choose(bin);
            }}
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
                const bin = payload[0]?.payload as DensityBin | undefined;
                if (bin === undefined) return null;
                return (
                  <ChartTooltip>
                    {formatCount(bin.count)} features fire on {rangeText(bin)}{" "}
                    of tokens; click to list them
                  </ChartTooltip>
                );
              }}
            />
            <Bar dataKey="count" isAnimationActive={false}>
              {bins.map((bin) => (
                <Cell
                  key={bin.from}
                  fill={isChosen(filter, bin) ? "var(--accent)" : "var(--plot)"}
                />
              ))}
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ChartTable
        name="The bins as a table"
        head={["activation frequency", "features"]}
        rows={bins.map((bin) => ({
          key: bin.from,
          cells: [
            <button
              key="bin"
              type="button"
              data-kind="quiet"
              aria-pressed={isChosen(filter, bin)}
              onClick={() => {
                choose(bin);
              }}
            >
              {rangeText(bin)}
            </button>,
            formatCount(bin.count),
          ],
        }))}
      />
    </figure>
  );
}

/** A bin's end as it stands in a filter; six digits tell all densities apart. */
function edge(log10: number): number {
  return Math.min(1, Number((10 ** log10).toPrecision(6)));
}

function rangeText({ from, to }: DensityBin): string {
  return `${formatPercent(from)} – ${formatPercent(to)}`;
}

function isChosen(filter: UsageRanges | null, bin: DensityBin): boolean {
  const range = filter?.density;
  return range?.min === bin.from && range.max === bin.to;
}

/** From the first to the last bin that is not empty, for `slice`. */
function filled(counts: readonly number[]): [number, number] {
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  return first < 0 ? [0, counts.length] : [first, last + 1];
}

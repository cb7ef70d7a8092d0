"use client";

import { useRef, useState, type MouseEvent } from "react";
import { ChartTooltip } from "./chart-tooltip";
import { formatActivation, formatCompact } from "./format";
import { linearTicks } from "./linear-axis";
import { logTicks } from "./log-axis";
import type { ReadingName } from "./reading";
import { ReadingMark } from "./reading-mark";
import { useElementSize } from "./use-element-size";
import styles from "./count-histogram.module.css";

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
  /** The largest count of the vertical axis; default: the bins'. */
  most?: number;
  /** What the plot is, for those who do not see it. */
  label: string;
  /** A range to shade. */
  marked?: { from: number; to: number } | null;
  /** A line at zero. */
  zero?: boolean;
  /** The values to mark while they are read. */
  reading?: ReadingName;
  describeReading?: (value: number) => string;
  describe: (bin: CountBin) => string;
  onChoose?: (bin: CountBin) => void;
  /** Which of two features compared it belongs to; default: neither. */
  series?: "a" | "b";
}

const HEIGHT = 190;
const MARGIN = { top: 6, right: 8, bottom: 40, left: 56 };

/** Bars from bin to bin, both axes named and to scale. */
export function CountHistogram(props: CountHistogramProps) {
  const { bins, log, label, marked, zero, describe, onChoose } = props;
  const { yName = "tokens", reading, describeReading } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(frame);
  const [hovered, setHovered] = useState<CountBin | null>(null);
  const scales = plotScales(props, Math.max(0, width));
  const { x, y, domain, plotWidth, plotHeight } = scales;
  const at = (event: MouseEvent): CountBin | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN.left) / plotWidth;
    const value = domain[0] + share * (domain[1] - domain[0]);
    return bins.find((bin) => bin.from <= value && value < bin.to) ?? null;
  };
  return (
    <div
      ref={frame}
      className={styles.plot}
      style={{ height: HEIGHT, cursor: onChoose ? "pointer" : undefined }}
      role="img"
      aria-label={label}
      onPointerMove={(event) => {
        setHovered(at(event));
      }}
      onPointerLeave={() => {
        setHovered(null);
      }}
      onClick={(event) => {
        const bin = at(event);
        if (bin) onChoose?.(bin);
      }}
    >
      {width > 0 ? (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          <Axes {...scales} xName={props.xName} yName={yName} log={log} />
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {marked ? (
              <rect
                className={styles.marked}
                x={x(marked.from)}
                width={Math.max(1, x(marked.to) - x(marked.from))}
                height={plotHeight}
              />
            ) : null}
            {hovered ? (
              <rect
                className={styles.hovered}
                x={x(hovered.from)}
                width={Math.max(1, x(hovered.to) - x(hovered.from))}
                height={plotHeight}
              />
            ) : null}
            {bins.map((bin) =>
              bin.count === 0 || bin.from >= domain[1] ? null : (
                <rect
                  key={bin.from}
                  className={styles.bar}
                  data-series={props.series}
                  x={x(bin.from)}
                  // A hair apart where there is room for it.
                  width={Math.max(0.7, x(bin.to) - x(bin.from) - 0.5)}
                  y={y(bin.count)}
                  height={plotHeight - y(bin.count)}
                />
              ),
            )}
            {zero ? (
              <line
                className={styles.zero}
                x1={x(0)}
                x2={x(0)}
                y2={plotHeight}
              />
            ) : null}
          </g>
        </svg>
      ) : null}
      {reading === undefined ? null : (
        <div
          className={styles.overlay}
          style={{
            insetBlock: `${MARGIN.top}px ${MARGIN.bottom}px`,
            insetInline: `${MARGIN.left}px ${MARGIN.right}px`,
          }}
        >
          <ReadingMark
            name={reading}
            domain={domain}
            describe={describeReading}
          />
        </div>
      )}
      {hovered ? (
        <div
          className={styles.tooltip}
          style={{
            insetInlineStart: Math.min(
              Math.max(0, width - 190),
              Math.max(0, MARGIN.left + x(hovered.to) + 6),
            ),
          }}
        >
          <ChartTooltip>{describe(hovered)}</ChartTooltip>
        </div>
      ) : null}
    </div>
  );
}

interface PlotScales {
  /** A value's place from the plot's left edge; cut off at its ends. */
  x: (value: number) => number;
  /** A count's place from its upper edge. */
  y: (count: number) => number;
  domain: readonly [number, number];
  /** Ends of the vertical axis. */
  counts: readonly [number, number];
  plotWidth: number;
  plotHeight: number;
}

function plotScales(
  { bins, log, domain, most }: CountHistogramProps,
  width: number,
): PlotScales {
  const ends = domain ?? [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const largest = most ?? Math.max(1, ...bins.map((bin) => bin.count));
  // One of something still shows on a logarithmic axis.
  const counts = [log ? 0.8 : 0, largest] as const;
  const plotWidth = Math.max(1, width - MARGIN.left - MARGIN.right);
  const plotHeight = HEIGHT - MARGIN.top - MARGIN.bottom;
  const share = (value: number) => (value - ends[0]) / (ends[1] - ends[0] || 1);
  const height = (count: number) =>
    log
      ? Math.log(Math.max(count, counts[0]) / counts[0]) /
        Math.log(counts[1] / counts[0])
      : count / counts[1];
  return {
    x: (value) => plotWidth * Math.min(1, Math.max(0, share(value))),
    y: (count) => plotHeight * (1 - Math.min(1, height(count))),
    domain: ends,
    counts,
    plotWidth,
    plotHeight,
  };
}

function Axes({
  x,
  y,
  domain,
  counts,
  plotWidth,
  plotHeight,
  xName,
  yName,
  log,
}: PlotScales & { xName: string; yName: string; log: boolean }) {
  const across = linearTicks(...domain, Math.max(2, plotWidth / 70));
  const up = log
    ? logTicks([counts[0], counts[1]]).filter((t) => Number.isInteger(t))
    : linearTicks(0, counts[1], 4).filter((t) => Number.isInteger(t));
  return (
    <g
      className={styles.axes}
      transform={`translate(${MARGIN.left} ${MARGIN.top})`}
    >
      {up.map((tick) => (
        <g key={tick} transform={`translate(0 ${y(tick)})`}>
          <line x2={plotWidth} />
          <text x={-6} dy="0.32em" textAnchor="end">
            {formatCompact(tick)}
          </text>
        </g>
      ))}
      <line
        className={styles.base}
        x2={plotWidth}
        y1={plotHeight}
        y2={plotHeight}
      />
      {across.map((tick) => (
        <text
          key={tick}
          x={x(tick)}
          y={plotHeight + 15}
          textAnchor={
            x(tick) > plotWidth - 8 ? "end" : x(tick) < 8 ? "start" : "middle"
          }
        >
          {formatTick(tick)}
        </text>
      ))}
      <text x={plotWidth / 2} y={plotHeight + 34} textAnchor="middle">
        {xName}
      </text>
      <text
        transform={`translate(${-MARGIN.left + 12} ${plotHeight / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {yName}
      </text>
    </g>
  );
}

function formatTick(tick: number): string {
  return Number.isInteger(tick) ? String(tick) : formatActivation(tick);
}

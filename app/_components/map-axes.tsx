"use client";

import { toMap, toPixel, type Camera, type Frame } from "./map-camera";
import { formatActivation } from "./format";
import type { UsageAxes } from "./usage-axes";
import { placeOf, valueAt } from "./usage-axes";
import { valueTicks } from "./value-ticks";
import styles from "./map-axes.module.css";

interface MapAxesProps {
  axes: UsageAxes;
  camera: Camera;
  /** The plot's inside, which lies `left` and `top` pixels in. */
  frame: Frame;
  left: number;
  top: number;
}

/** Pixels a line and its number take. */
const ACROSS = 64;
const UP = 32;

/** Lines, numbers and titles of the usage scatter, for what is seen of it. */
export function MapAxes({ axes, camera, frame, left, top }: MapAxesProps) {
  const [west, north] = toMap(camera, frame, 0, 0);
  const [east, south] = toMap(camera, frame, frame.width, frame.height);
  const { density, mean } = axes;
  const across = valueTicks(
    [valueAt(west, density), valueAt(east, density)],
    Math.max(2, Math.floor(frame.width / ACROSS)),
  );
  const up = valueTicks(
    [valueAt(-south, mean), valueAt(-north, mean)],
    Math.max(2, Math.floor(frame.height / UP)),
  );
  const right = left + frame.width;
  const bottom = top + frame.height;
  return (
    <svg className={styles.axes} aria-hidden="true">
      {across.map((value) => {
        const place = placeOf(value, density);
        const x = left + toPixel(camera, frame, place, 0)[0];
        return (
          <g key={value}>
            <line x1={x} x2={x} y1={top} y2={bottom} />
            <text x={x} y={bottom + 16} textAnchor="middle">
              {shareText(value)}
            </text>
          </g>
        );
      })}
      {up.map((value) => {
        const place = -placeOf(value, mean);
        const y = top + toPixel(camera, frame, 0, place)[1];
        return (
          <g key={value}>
            <line x1={left} x2={right} y1={y} y2={y} />
            <text x={left - 6} y={y + 4} textAnchor="end">
              {formatActivation(value)}
            </text>
          </g>
        );
      })}
      <rect x={left} y={top} width={frame.width} height={frame.height} />
      <text x={left + frame.width / 2} y={bottom + 34} textAnchor="middle">
        activation frequency (share of tokens), log scale
      </text>
      <text
        transform={`translate(12 ${top + frame.height / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        mean activation when firing, log scale
      </text>
    </svg>
  );
}

/** Digits enough to tell neighbouring lines apart. */
function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(4))} %`;
}

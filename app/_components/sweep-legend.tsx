"use client";

import { Symbols } from "recharts";
import type { SweepStyle } from "./sweep-series";
import styles from "./sweep-view.module.css";

interface SweepLegendProps {
  items: SweepStyle[];
  frontier: boolean;
}

/** What the charts' colours, shapes and lines stand for. */
export function SweepLegend({ items, frontier }: SweepLegendProps) {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {items.map((style) => (
        <li key={style.name}>
          <svg width={34} height={14} aria-hidden="true">
            <line
              x1={0}
              x2={34}
              y1={7}
              y2={7}
              stroke={style.colour}
              strokeWidth={1.5}
              strokeDasharray={style.dash}
            />
            <Symbols
              type={style.shape}
              cx={17}
              cy={7}
              size={70}
              fill={style.colour}
            />
          </svg>
          {style.name}
        </li>
      ))}
      {frontier ? (
        <li>
          <svg width={34} height={14} aria-hidden="true">
            <path
              d="M0 3H17V11H34"
              fill="none"
              stroke="var(--muted)"
              strokeWidth={5}
              opacity={0.4}
            />
          </svg>
          Pareto frontier: the best at this L0 or less
        </li>
      ) : null}
    </ul>
  );
}

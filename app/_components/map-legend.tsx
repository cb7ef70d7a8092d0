"use client";

import type { LegendEntry } from "./map-colours";
import styles from "./map-legend.module.css";

interface MapLegendProps {
  entries: readonly LegendEntry[];
  /** How many points each has. */
  counts: readonly number[];
  /** The entry that stands out, or −1. */
  chosen: number;
  onChoose: (entry: number) => void;
}

/** What the colours mean; choosing one makes its points stand out. */
export function MapLegend({
  entries,
  counts,
  chosen,
  onChoose,
}: MapLegendProps) {
  return (
    <ul className={styles.legend} aria-label="Colours">
      {entries.map(({ name, colour }, i) => (
        <li key={name}>
          <button
            type="button"
            data-kind="quiet"
            aria-pressed={chosen === i}
            title="Make these stand out"
            onClick={() => {
              onChoose(chosen === i ? -1 : i);
            }}
          >
            <span
              className={styles.swatch}
              style={{ background: `var(${colour})` }}
              aria-hidden="true"
            />
            {name}{" "}
            <span className="muted">{counts[i]!.toLocaleString("en")}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

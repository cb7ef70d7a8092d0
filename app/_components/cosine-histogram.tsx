"use client";

import { useMemo } from "react";
import { CountHistogram, type CountBin } from "./count-histogram";
import { formatCount } from "./format";
import styles from "./chart.module.css";

interface CosineHistogramProps {
  title: string;
  /** Features by best cosine, in equal parts of 0 … 1. */
  counts: number[];
  /** Shaded from here on. */
  threshold: number;
  onThreshold: (threshold: number) => void;
}

/** How near the nearest feature of the other SAE is, over the features of one. */
export function CosineHistogram(props: CosineHistogramProps) {
  const { title, counts, threshold, onThreshold } = props;
  const bins = useMemo(
    () =>
      counts.map((count, i): CountBin => ({
        from: i / counts.length,
        to: (i + 1) / counts.length,
        count,
      })),
    [counts],
  );
  const near = bins
    .filter((bin) => bin.from >= threshold - 1e-9)
    .reduce((sum, bin) => sum + bin.count, 0);
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h3>{title}</h3>
      </figcaption>
      <CountHistogram
        bins={bins}
        log={false}
        xName="cosine with the nearest feature"
        yName="features"
        domain={[0, 1]}
        marked={{ from: threshold, to: 1 }}
        label={`Histogram of the cosine with the nearest feature, ${title}; ${formatCount(near)} features from ${threshold.toFixed(2)} on`}
        describe={(bin) =>
          `${formatCount(bin.count)} features at ${bin.from.toFixed(2)} – ${bin.to.toFixed(2)}; click to count from there`
        }
        onChoose={(bin) => {
          onThreshold(bin.from);
        }}
      />
    </figure>
  );
}

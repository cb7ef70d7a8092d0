"use client";

import { useMemo } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import { CountHistogram, type CountBin } from "./count-histogram";
import { formatCount } from "./format";
import styles from "./chart.module.css";

/** The feature's effects on the logits of all tokens. */
export function LogitHistogram({
  histogram: { min, binWidth, counts },
}: {
  histogram: FeatureDetail["logitHistogram"];
}) {
  const bins = useMemo(
    () =>
      counts.map((count, i): CountBin => ({
        from: min + i * binWidth,
        to: min + (i + 1) * binWidth,
        count,
      })),
    [counts, min, binWidth],
  );
  const total = counts.reduce((a, b) => a + b, 0);
  return (
    <figure className={styles.figure}>
      <figcaption>
        <h3>Effect on all {formatCount(total)} tokens</h3>
      </figcaption>
      <CountHistogram
        bins={bins}
        log
        zero
        xName="effect on the logit (counts logarithmic)"
        label={`Histogram of the effects on the logits of ${formatCount(total)} tokens, from ${min.toFixed(2)} to ${(min + counts.length * binWidth).toFixed(2)}`}
        describe={(bin) =>
          `${formatCount(bin.count)} tokens at ${bin.from.toFixed(2)} – ${bin.to.toFixed(2)}`
        }
      />
    </figure>
  );
}

"use client";

import { useMemo } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import { CountHistogram, type CountBin } from "./count-histogram";
import { formatCount } from "./format";
import { HelpTip } from "./help-tip";
import type { ReadingName } from "./reading";
import styles from "./chart.module.css";

interface LogitHistogramProps {
  histogram: FeatureDetail["logitHistogram"];
  /** The horizontal axis's ends; default: the histogram's own. */
  domain?: readonly [number, number];
  reading?: ReadingName;
  series?: "a" | "b";
}

/** The feature's effects on the logits of all tokens. */
export function LogitHistogram({
  histogram,
  domain,
  reading = "logit",
  series,
}: LogitHistogramProps) {
  const { min, binWidth, counts } = histogram;
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
        <div className={styles.titled}>
          <h3>Effect on all {formatCount(total)} tokens</h3>
          <HelpTip about="this histogram">
            For every token of the vocabulary, how much the feature&rsquo;s
            direction alone raises or lowers its logit. Most are near zero; what
            it promotes stands far to the right.
          </HelpTip>
        </div>
      </figcaption>
      <CountHistogram
        bins={bins}
        log
        zero
        {...(domain ? { domain } : {})}
        {...(series ? { series } : {})}
        reading={reading}
        describeReading={(value) => value.toFixed(2)}
        xName="effect on the logit (counts logarithmic)"
        label={`Histogram of the effects on the logits of ${formatCount(total)} tokens, from ${min.toFixed(2)} to ${(min + counts.length * binWidth).toFixed(2)}`}
        describe={(bin) =>
          `${formatCount(bin.count)} tokens at ${bin.from.toFixed(2)} – ${bin.to.toFixed(2)}`
        }
      />
    </figure>
  );
}

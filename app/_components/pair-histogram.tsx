"use client";

import { useMemo } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import { activationBins } from "./activation-histogram";
import { CountHistogram } from "./count-histogram";
import { formatActivation, formatCount } from "./format";
import { useUrlParams } from "./use-url-params";
import chart from "./chart.module.css";
import styles from "./pair-view.module.css";

interface PairHistogramProps {
  a: FeatureDetail;
  b: FeatureDetail;
}

/** The activations of both, one above the other on the same axes. */
export function PairHistogram({ a, b }: PairHistogramProps) {
  const [params, change] = useUrlParams();
  const log = params.get("counts") === "log";
  const binsA = useMemo(() => activationBins(a.histogram), [a.histogram]);
  const binsB = useMemo(() => activationBins(b.histogram), [b.histogram]);
  const domain = [
    0,
    Math.max(binsA.at(-1)?.to ?? 0, binsB.at(-1)?.to ?? 0) || 1,
  ] as const;
  const most = Math.max(1, ...[...binsA, ...binsB].map((bin) => bin.count));
  return (
    <figure className={`card ${chart.figure}`}>
      <figcaption className={chart.caption}>
        <h2>Activations</h2>
        <label className={chart.switch}>
          <input
            type="checkbox"
            checked={log}
            onChange={(event) => {
              change({ counts: event.target.checked ? "log" : null });
            }}
          />
          log counts
        </label>
      </figcaption>
      <div className={styles.columns}>
        {(
          [
            ["a", a, binsA],
            ["b", b, binsB],
          ] as const
        ).map(([series, feature, bins]) => (
          <div key={series}>
            <h3 data-series={series}>{feature.index}</h3>
            <CountHistogram
              bins={bins}
              log={log}
              domain={domain}
              most={most}
              series={series}
              xName="activation, the same scale for both"
              reading={series}
              describeReading={formatActivation}
              label={`Histogram of the activations of feature ${feature.index}, on the same axes as the other`}
              describe={(bin) =>
                `${formatCount(bin.count)} tokens at ${formatActivation(bin.from)} – ${formatActivation(bin.to)}`
              }
            />
            <p className="muted small">
              Silent on {formatCount(feature.tokens - feature.firingCount)} of{" "}
              {formatCount(feature.tokens)} tokens.
            </p>
          </div>
        ))}
      </div>
    </figure>
  );
}

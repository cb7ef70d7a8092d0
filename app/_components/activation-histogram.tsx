"use client";

import { useMemo } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import { rangeChange, rangeFrom } from "./activation-range";
import { CountHistogram, type CountBin } from "./count-histogram";
import { formatActivation, formatCount, formatPercent } from "./format";
import { HelpTip } from "./help-tip";
import { useUrlParams } from "./use-url-params";
import styles from "./chart.module.css";

type HistogramFeature = Pick<
  FeatureDetail,
  "histogram" | "firingCount" | "tokens" | "maxActivation" | "largestActivation"
>;

/**
 * How often the feature fires how strongly; zeros are said in words. A bin that
 * is chosen shows contexts of its activations; the token that is read is marked.
 */
export function ActivationHistogram({
  feature,
}: {
  feature: HistogramFeature;
}) {
  const [params, change] = useUrlParams();
  const log = params.get("counts") === "log";
  const shared = params.get("scale") === "shared";
  const { histogram, largestActivation } = feature;
  const { binWidth, counts } = histogram;
  const bins = useMemo(() => activationBins(histogram), [histogram]);
  const range = rangeFrom(params);
  const zeros = feature.tokens - feature.firingCount;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <div className={styles.titled}>
          <h2>Activations</h2>
          <HelpTip about="this histogram">
            Each bar counts the tokens on which the feature is about so strong.
            Tokens on which it is silent are in no bar: they would dwarf all
            others. A shared scale gives every feature of this SAE the same
            horizontal axis, so that two histograms can be compared.
          </HelpTip>
        </div>
        <span className={styles.switches}>
          <label className={styles.switch}>
            <input
              type="checkbox"
              checked={log}
              onChange={(event) => {
                change({ counts: event.target.checked ? "log" : null });
              }}
            />
            log counts
          </label>
          <label className={styles.switch}>
            <input
              type="checkbox"
              checked={shared}
              onChange={(event) => {
                change({ scale: event.target.checked ? "shared" : null });
              }}
            />
            shared scale
          </label>
        </span>
      </figcaption>
      <CountHistogram
        bins={bins}
        log={log}
        xName={shared ? "activation, scale of all features" : "activation"}
        {...(shared
          ? { domain: [0, Math.max(largestActivation, binWidth)] as const }
          : {})}
        label="Histogram of activations; the table below has the same figures"
        marked={range === null ? null : { from: range.above, to: range.upTo }}
        reading="activation"
        describeReading={formatActivation}
        describe={(bin) =>
          `${formatCount(bin.count)} tokens at ${formatActivation(bin.from)} – ${formatActivation(bin.to)}; click for contexts`
        }
        onChoose={(bin) => {
          change(rangeChange({ above: bin.from, upTo: bin.to }));
        }}
      />
      <p className="muted small">
        {formatCount(feature.firingCount)} firings in {counts.length} bins.
        Silent, activation 0, on the other {formatCount(zeros)} tokens (
        {formatPercent(zeros / Math.max(1, feature.tokens))}). Choose a bin to
        see contexts of its activations.
      </p>
      <details className="small">
        <summary>The bins as a table</summary>
        <table className={styles.bins}>
          <thead>
            <tr>
              <th scope="col">activation</th>
              <th scope="col">tokens</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>0, silent</td>
              <td>{formatCount(zeros)}</td>
            </tr>
            {bins.map((bin) => (
              <tr key={bin.from}>
                <td>
                  <button
                    type="button"
                    data-kind="quiet"
                    onClick={() => {
                      change(rangeChange({ above: bin.from, upTo: bin.to }));
                    }}
                  >
                    {formatActivation(bin.from)} – {formatActivation(bin.to)}
                  </button>
                </td>
                <td>{formatCount(bin.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

/** The bins of an index's histogram; zero is in none. */
export function activationBins({
  binWidth,
  counts,
}: FeatureDetail["histogram"]): CountBin[] {
  return counts.map((count, i) => ({
    from: i * binWidth,
    to: (i + 1) * binWidth,
    count,
  }));
}

"use client";

import { useMemo, useState } from "react";
import type { FeatureDetail } from "#lib/contract/index";
import { rangeChange, rangeFrom } from "./activation-range";
import { CountHistogram, type CountBin } from "./count-histogram";
import { formatActivation, formatCount } from "./format";
import { useUrlParams } from "./use-url-params";
import styles from "./chart.module.css";

type HistogramFeature = Pick<
  FeatureDetail,
  "histogram" | "firingCount" | "tokens"
>;

/**
 * How often the feature fires how strongly; zeros are said in words. A bin that
 * is chosen shows contexts of its activations.
 */
export function ActivationHistogram({
  feature,
}: {
  feature: HistogramFeature;
}) {
  const [log, setLog] = useState(false);
  const [params, change] = useUrlParams();
  const { binWidth, counts } = feature.histogram;
  const bins = useMemo(
    () =>
      counts.map((count, i): CountBin => ({
        from: i * binWidth,
        to: (i + 1) * binWidth,
        count,
      })),
    [counts, binWidth],
  );
  const range = rangeFrom(params);
  const zeros = feature.tokens - feature.firingCount;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Activations</h2>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={log}
            onChange={(event) => {
              setLog(event.target.checked);
            }}
          />
          log counts
        </label>
      </figcaption>
      <CountHistogram
        bins={bins}
        log={log}
        xName="activation"
        label="Histogram of activations; the table below has the same figures"
        marked={range === null ? null : { from: range.above, to: range.upTo }}
        describe={(bin) =>
          `${formatCount(bin.count)} tokens at ${formatActivation(bin.from)} – ${formatActivation(bin.to)}; click for contexts`
        }
        onChoose={(bin) => {
          change(rangeChange({ above: bin.from, upTo: bin.to }));
        }}
      />
      <p className="muted small">
        {formatCount(feature.firingCount)} firings in {counts.length} bins;
        silent on the other {formatCount(zeros)} tokens. Choose a bin to see
        contexts of its activations.
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

"use client";

import { useMemo } from "react";
import type { SaeDetail } from "#lib/contract/index";
import { ChartTable } from "./chart-table";
import { CountHistogram, type CountBin } from "./count-histogram";
import { formatCount } from "./format";
import styles from "./chart.module.css";

/** How alike what features read and what they write are. */
export function AlignmentHistogram({ sae }: { sae: SaeDetail }) {
  const { alignment } = sae;
  const bins = useMemo(() => filledBins(alignment ?? []), [alignment]);
  if (bins.length === 0) return null;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        <h2>Encoder and decoder</h2>
      </figcaption>
      <CountHistogram
        bins={bins}
        log={false}
        xName="cosine of a feature's two directions"
        yName="features"
        label="Features by cosine between encoder and decoder direction; the table below has the same figures"
        describe={(bin) =>
          `${formatCount(bin.count)} features at ${rangeText(bin)}`
        }
      />
      <p className="muted small">
        At 1 a feature reads exactly the direction it writes. Lower ones read
        something else as well, most often to tell themselves from features with
        directions like theirs.
      </p>
      <ChartTable
        name="The cosines as a table"
        head={["cosine", "features"]}
        rows={bins.map((bin) => ({
          key: bin.from,
          cells: [rangeText(bin), formatCount(bin.count)],
        }))}
      />
    </figure>
  );
}

/** From the first to the last bin that holds a feature. */
function filledBins(counts: readonly number[]): CountBin[] {
  const edge = (i: number) => (2 * i) / counts.length - 1;
  const bins = counts.map((count, i) => ({
    from: edge(i),
    to: edge(i + 1),
    count,
  }));
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  return first < 0 ? [] : bins.slice(first, last + 1);
}

function rangeText({ from, to }: CountBin): string {
  return `${from.toFixed(2)} – ${to.toFixed(2)}`;
}

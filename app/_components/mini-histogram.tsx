import type { FeatureDetail } from "#lib/contract/index";
import { ReadingMark } from "./reading-mark";
import styles from "./mini-histogram.module.css";

/**
 * The feature's activations in a hand's breadth: where the contexts scroll by,
 * it shows how strong the token under the pointer is among them. The large
 * histogram has the axes and the figures.
 */
export function MiniHistogram({
  feature,
}: {
  feature: Pick<FeatureDetail, "histogram">;
}) {
  const { binWidth, counts } = feature.histogram;
  // Logarithmic: the strongest tokens are the rarest.
  const most = Math.log1p(Math.max(1, ...counts));
  const bars = counts
    .map((count, i) => {
      const height = (20 * Math.log1p(count)) / most;
      return `M${i} 20V${(20 - height).toFixed(2)}H${i + 1}V20Z`;
    })
    .join("");
  return (
    <div className={styles.frame} aria-hidden="true">
      <svg viewBox={`0 0 ${counts.length} 20`} preserveAspectRatio="none">
        <path d={bars} />
      </svg>
      <ReadingMark name="activation" domain={[0, binWidth * counts.length]} />
    </div>
  );
}

"use client";

import { useReading, type ReadingName } from "./reading";
import styles from "./reading-mark.module.css";

interface ReadingMarkProps {
  name: ReadingName;
  /** The axis's ends. */
  domain: readonly [number, number];
  describe?: ((value: number) => string) | undefined;
}

/**
 * A line over a plot at the value that is being read. It stands in a box that
 * covers the plot from end to end of its horizontal axis.
 */
export function ReadingMark({ name, domain, describe }: ReadingMarkProps) {
  const value = useReading(name);
  if (value === null) return null;
  const [least, most] = domain;
  const share = (value - least) / (most - least || 1);
  const at = Math.min(1, Math.max(0, share));
  return (
    <div
      className={styles.mark}
      data-beyond={share > 1 || share < 0 || undefined}
      style={{ insetInlineStart: `${100 * at}%` }}
    >
      {describe === undefined ? null : (
        <span data-side={at > 0.5 ? "left" : "right"}>
          {describe(value)}
          {share > 1 ? " →" : ""}
        </span>
      )}
    </div>
  );
}

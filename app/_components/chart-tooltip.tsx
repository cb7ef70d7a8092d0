import type { ReactNode } from "react";
import styles from "./chart.module.css";

/** The box a chart shows beside the pointer. */
export function ChartTooltip({ children }: { children: ReactNode }) {
  return <div className={styles.tooltip}>{children}</div>;
}

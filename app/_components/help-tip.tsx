import type { ReactNode } from "react";
import { Explained } from "./explained";
import styles from "./help-tip.module.css";

interface HelpTipProps {
  /** What is explained, e.g. "density". */
  about: string;
  /** In plain words. */
  children: ReactNode;
}

/** A question mark that explains, as a word does: see `Explained`. */
export function HelpTip({ about, children }: HelpTipProps) {
  return (
    <Explained
      explanation={children}
      label={`What ${about} means`}
      className={styles.mark}
    >
      ?
    </Explained>
  );
}

import type { ReactNode } from "react";
import type { ReadingName } from "./reading";
import styles from "./context-groups.module.css";

/** What a context's card needs to know of its feature. */
export interface CardFeature {
  saeId: string;
  index: number;
  /** The feature's maximum: what colours are relative to. */
  max: number;
  /** What its tokens are marked as on the page's plots; default: "activation". */
  reading?: ReadingName;
  /** Links lead to the feature's own page, as this one is another. */
  linkPage?: boolean;
  /** Puts a text into the test box; absent where there is none. */
  onTry?: ((text: string) => void) | undefined;
}

interface ContextListProps {
  title: string;
  explained: ReactNode;
  children: ReactNode;
}

/** A group of contexts below its heading. */
export function ContextList({ title, explained, children }: ContextListProps) {
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>
        {title} <span className="muted">{explained}</span>
      </h3>
      <ol className={styles.list}>{children}</ol>
    </section>
  );
}

import type { ReactNode } from "react";
import styles from "./context-groups.module.css";

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

import type { ReactNode } from "react";
import styles from "./stat-list.module.css";

export interface Stat {
  name: string;
  value: ReactNode;
  /** Unit and how it was computed, in one sentence. */
  meaning: string;
}

/** Figures with their names; each explains itself on hover and to a reader. */
export function StatList({ stats }: { stats: Stat[] }) {
  return (
    <dl className={styles.list}>
      {stats.map(({ name, value, meaning }) => (
        <div key={name} className={styles.stat} title={meaning}>
          <dt>
            {name}
            <span className="visually-hidden">: {meaning}</span>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

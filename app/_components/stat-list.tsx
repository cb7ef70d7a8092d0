import type { ReactNode } from "react";
import { Explained } from "./explained";
import styles from "./stat-list.module.css";

export interface Stat {
  name: string;
  value: ReactNode;
  /** What it is, its unit and how it was computed, in plain words. */
  meaning: string;
}

/** Figures with their names; each name explains its figure. */
export function StatList({ stats }: { stats: Stat[] }) {
  return (
    <dl className={styles.list}>
      {stats.map(({ name, value, meaning }) => (
        <div key={name} className={styles.stat}>
          <dt>
            <Explained explanation={meaning}>{name}</Explained>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

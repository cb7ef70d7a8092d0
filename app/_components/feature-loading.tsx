import Link from "next/link";
import styles from "./feature-view.module.css";

/** A feature's page until its data are there. */
export function FeatureLoading(props: { saeId: string; index: number }) {
  const { saeId, index } = props;
  return (
    <>
      <div className={styles.header}>
        <div>
          <p className="small">
            <Link href={`/sae/${encodeURIComponent(saeId)}`}>{saeId}</Link>
          </p>
          <h1>Feature {index}</h1>
          <p className="muted" role="status">
            Loading …
          </p>
        </div>
      </div>
      <div className={styles.columns} aria-hidden="true">
        <div className={`card ${styles.loading}`} />
        <div className={`card ${styles.loading}`} />
      </div>
    </>
  );
}

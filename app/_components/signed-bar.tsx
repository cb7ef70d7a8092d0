import styles from "./signed-bar.module.css";

/** A bar to the right for what raises, to the left for what lowers; −1 … 1. */
export function SignedBar({ share }: { share: number }) {
  const width = `${Math.min(1, Math.abs(share)) * 50}%`;
  return (
    <span className={styles.track} aria-hidden="true">
      <span
        className={styles.fill}
        data-sign={share < 0 ? "negative" : "positive"}
        style={share < 0 ? { width, right: "50%" } : { width, left: "50%" }}
      />
    </span>
  );
}

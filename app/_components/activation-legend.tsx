import { formatActivation } from "./format";
import styles from "./activation-legend.module.css";

/** What the four colours mean for this feature, in numbers. */
export function ActivationLegend({ max }: { max: number }) {
  return (
    <p className={styles.legend}>
      <span className="muted">Activation</span>
      {[1, 2, 3, 4].map((step) => (
        <span key={step} className={styles.step} data-step={step}>
          {step === 1 ? "> 0" : `> ${formatActivation((max * (step - 1)) / 4)}`}
        </span>
      ))}
      <span className="muted">
        quarters of this feature&rsquo;s maximum, {formatActivation(max)}
      </span>
    </p>
  );
}

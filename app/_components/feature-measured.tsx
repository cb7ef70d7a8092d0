import type { Measured } from "#lib/contract/index";
import { formatCount, formatTime } from "./format";
import styles from "./feature-measured.module.css";

interface FeatureMeasuredProps {
  measured: Measured;
  saeHash: string;
}

/** What exactly this feature's record was measured on, and by which rules. */
export function FeatureMeasured({ measured, saeHash }: FeatureMeasuredProps) {
  const { modelName, modelHash, corpusName, corpusHash } = measured;
  const { tokens, contextSize, indexedAt } = measured;
  const rows: [string, string][] = [
    ["Model", `${modelName}, SHA-256 ${modelHash}`],
    ["Hook", measured.hookName],
    ["SAE", `SHA-256 ${saeHash}`],
    ["Corpus", `${corpusName}, SHA-256 ${corpusHash}`],
    [
      "Indexed",
      `${formatCount(tokens)} tokens in sequences of ${contextSize}, ${formatTime(indexedAt)}`,
    ],
    ...Object.entries(measured.rules),
  ];
  return (
    <details className={`card ${styles.panel}`}>
      <summary>What exactly was measured</summary>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

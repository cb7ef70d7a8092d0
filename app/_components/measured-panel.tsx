import type { SaeDetail } from "#lib/contract/index";
import { formatCount, formatTime } from "./format";
import styles from "./measured-panel.module.css";

/** What exactly was measured: hashes, rules and configuration. */
export function MeasuredPanel({ sae }: { sae: SaeDetail }) {
  const rows: [string, string][] = [
    ["Model", `${sae.modelName}, SHA-256 ${sae.modelHash}`],
    ["Hook", sae.hookName],
    ["SAE", `SHA-256 ${sae.hash}`],
    ["Corpus", `${sae.corpusName}, SHA-256 ${sae.corpusHash}`],
    [
      "Indexed",
      `${formatCount(sae.indexedTokens)} tokens in sequences of ${sae.contextSize}, ${formatTime(sae.indexedAt)}`,
    ],
    ...Object.entries(sae.rules),
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
      <h3>Configuration (cfg.json)</h3>
      <pre>{JSON.stringify(sae.config, null, 2)}</pre>
    </details>
  );
}

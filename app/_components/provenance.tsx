import type { SaeDetail } from "#lib/contract/index";
import { ConfigTable } from "./config-table";
import { formatCount, formatTime } from "./format";
import { saeApiPath } from "./sae-links";
import styles from "./provenance.module.css";

/** What made this SAE, what exactly was measured, and by which rules. */
export function Provenance({ sae }: { sae: SaeDetail }) {
  return (
    <section className={styles.section} aria-labelledby="provenance">
      <h2 id="provenance">Provenance</h2>
      <div className="card">
        <Facts rows={facts(sae)} />
        <p className="small">
          <a href={saeApiPath(sae.id)}>This page as JSON</a>
        </p>
      </div>
      <details className={`card ${styles.panel}`}>
        <summary>How the index was made: its rules</summary>
        <Facts rows={Object.entries(sae.rules)} />
      </details>
      <details className={`card ${styles.panel}`}>
        <summary>Configuration of the SAE (cfg.json)</summary>
        <ConfigTable config={sae.config} />
      </details>
      {sae.training === null ? null : (
        <details className={`card ${styles.panel}`}>
          <summary>Configuration of its training (runner_cfg.json)</summary>
          <ConfigTable config={sae.training} />
        </details>
      )}
    </section>
  );
}

type Row = [name: string, value: string];

function Facts({ rows }: { rows: Row[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function facts(sae: SaeDetail): Row[] {
  const rows: Row[] = [
    ["SAE", `${sae.id}, SHA-256 of its weights ${sae.hash}`],
    ["Model", `${sae.modelName}, SHA-256 ${sae.modelHash}`],
    ["Hook", sae.hookName],
    ["Indexed text", `${sae.corpusName}, SHA-256 ${sae.corpusHash}`],
    [
      "Indexed",
      `${formatCount(sae.indexedTokens)} tokens in sequences of ${sae.contextSize}, ${formatTime(sae.indexedAt)}`,
    ],
  ];
  const { metadata } = sae.config as { metadata?: Record<string, unknown> };
  if (typeof metadata?.["dataset_path"] === "string") {
    rows.push(["Trained on", metadata["dataset_path"]]);
  }
  const { seed, engine } = (sae.training ?? {}) as {
    seed?: number;
    engine?: { name?: string; device?: string; reason?: string };
  };
  if (seed !== undefined) rows.push(["Seed", String(seed)]);
  if (engine?.name !== undefined) {
    const { name, device, reason } = engine;
    const where = device === undefined ? "" : ` on ${device}`;
    rows.push(["Trained with", `${name}${where}. ${reason ?? ""}`.trim()]);
  }
  return rows;
}

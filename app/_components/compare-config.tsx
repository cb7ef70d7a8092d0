import type { ComparedSae } from "#lib/contract/index";
import styles from "./compare-saes.module.css";

/** What the two are and were trained on; where they differ is said and bold. */
export function CompareConfig({ a, b }: { a: ComparedSae; b: ComparedSae }) {
  const ofA = flatten(described(a));
  const ofB = flatten(described(b));
  const keys = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const differing = keys.filter((key) => ofA.get(key) !== ofB.get(key));
  const same = keys.filter((key) => ofA.get(key) === ofB.get(key));
  return (
    <section className="card" aria-labelledby="configuration">
      <h2 id="configuration">Configuration</h2>
      <p className="muted small">
        {differing.length === 0
          ? "The two were made alike."
          : `They differ in ${differing.length} of ${keys.length} settings.`}
      </p>
      <ConfigTable keys={differing} a={ofA} b={ofB} names={[a.id, b.id]} />
      <details className="small">
        <summary>The {same.length} settings that are the same</summary>
        <ConfigTable keys={same} a={ofA} b={ofB} names={[a.id, b.id]} />
      </details>
    </section>
  );
}

interface ConfigTableProps {
  keys: string[];
  a: Map<string, string>;
  b: Map<string, string>;
  names: [string, string];
}

function ConfigTable({ keys, a, b, names }: ConfigTableProps) {
  if (keys.length === 0) return null;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">setting</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{a.get(key) ?? "–"}</td>
              <td>{b.get(key) ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function described(sae: ComparedSae): Record<string, unknown> {
  const { hash, modelHash, corpusName, corpusHash, contextSize } = sae;
  return {
    weights: `SHA-256 ${hash}`,
    model: `SHA-256 ${modelHash}`,
    corpus: `${corpusName}, SHA-256 ${corpusHash}`,
    contextSize,
    indexedTokens: sae.indexedTokens,
    ...sae.config,
  };
}

/** {metadata: {k: 1}} → "metadata.k": "1" */
function flatten(
  value: Record<string, unknown>,
  prefix = "",
  out = new Map<string, string>(),
): Map<string, string> {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + key;
    if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
      flatten(inner as Record<string, unknown>, `${name}.`, out);
    } else {
      out.set(name, typeof inner === "string" ? inner : JSON.stringify(inner));
    }
  }
  return out;
}

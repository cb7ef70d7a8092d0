import { CopyButton } from "./copy-button";
import styles from "./provenance.module.css";

type Config = Record<string, unknown>;

/** A configuration as a table, every entry a line, and as the JSON it is. */
export function ConfigTable({ config }: { config: Config }) {
  const json = JSON.stringify(config, null, 2);
  return (
    <>
      <dl className={styles.facts}>
        {entriesOf(config, "").map(([name, value]) => (
          <div key={name}>
            <dt className="mono">{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>As JSON</summary>
        <pre tabIndex={0}>{json}</pre>
      </details>
      <CopyButton text={json} name="Copy JSON" />
    </>
  );
}

/** Entries of objects inside under "outer.inner". */
function entriesOf(config: Config, prefix: string): [string, string][] {
  return Object.entries(config).flatMap(([name, value]) =>
    isObject(value)
      ? entriesOf(value, `${prefix}${name}.`)
      : [[prefix + name, textOf(value)] as [string, string]],
  );
}

function isObject(value: unknown): value is Config {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

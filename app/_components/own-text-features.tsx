import Link from "next/link";
import type { FeatureRow, OwnTextResponse, Token } from "#lib/contract/index";
import { formatActivation, formatPercent } from "./format";
import { TokenChip, TokenChips } from "./token-chip";
import styles from "./feature-tables.module.css";

interface TokenFeaturesProps {
  saeId: string;
  token: Token;
  features: OwnTextResponse["perToken"][number];
  /** Rows of the features that fire anywhere in the text. */
  rows: ReadonlyMap<number, FeatureRow>;
}

/** The features that fire on one token, strongest first. */
export function TokenFeatures(props: TokenFeaturesProps) {
  const { saeId, token, features, rows } = props;
  return (
    <section className="card" aria-live="polite">
      <h2>
        On <TokenChip token={token} />
      </h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">feature</th>
            <th scope="col">activation</th>
            <th scope="col">label, or tokens</th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ feature, value }) => (
            <tr key={feature}>
              <td>
                <FeatureLink saeId={saeId} feature={feature} />
              </td>
              <td>{formatActivation(value)}</td>
              <td>
                <Description row={rows.get(feature)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The features of the whole text by their strongest activation. */
export function TextFeatures({
  saeId,
  features,
}: {
  saeId: string;
  features: OwnTextResponse["features"];
}) {
  return (
    <section className="card">
      <h2>In the whole text</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">feature</th>
            <th scope="col">max</th>
            <th scope="col">tokens</th>
            <th scope="col">frequency</th>
            <th scope="col">label, or tokens</th>
          </tr>
        </thead>
        <tbody>
          {features.map(({ row, maxValue, tokensFired }) => (
            <tr key={row.index}>
              <td>
                <FeatureLink saeId={saeId} feature={row.index} />
              </td>
              <td>{formatActivation(maxValue)}</td>
              <td>{tokensFired}</td>
              <td>{formatPercent(row.density)}</td>
              <td>
                <Description row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FeatureLink({ saeId, feature }: { saeId: string; feature: number }) {
  return (
    <Link
      href={`/sae/${encodeURIComponent(saeId)}/feature/${feature}`}
      prefetch={false}
    >
      #{feature}
    </Link>
  );
}

function Description({ row }: { row: FeatureRow | undefined }) {
  if (row === undefined) return null;
  return row.label ?? <TokenChips tokens={row.topTokens.slice(0, 5)} />;
}

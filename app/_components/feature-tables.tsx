import Link from "next/link";
import type { FeatureDetail } from "#lib/contract/index";
import { formatActivation, formatCount, formatPercent } from "./format";
import { TokenChip, TokenChips } from "./token-chip";
import styles from "./feature-tables.module.css";

/** The tokens the feature fires on most. */
export function TopTokens({ feature }: { feature: FeatureDetail }) {
  return (
    <section>
      <h2>Fires on</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">token</th>
            <th scope="col">times</th>
            <th scope="col">share</th>
            <th scope="col">mean activation</th>
          </tr>
        </thead>
        <tbody>
          {feature.topTokens.map(({ token, count, mean }) => (
            <tr key={token.id}>
              <td>
                <TokenChip token={token} />
              </td>
              <td>{formatCount(count)}</td>
              <td>{formatPercent(count / feature.firingCount, 0)}</td>
              <td>{formatActivation(mean)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Features whose decoder directions are nearest to this one's. */
export function Neighbours({ feature }: { feature: FeatureDetail }) {
  const base = `/sae/${encodeURIComponent(feature.saeId)}/feature`;
  return (
    <section>
      <h2>Nearest features</h2>
      <p className="muted small">By cosine of the decoder directions.</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">feature</th>
            <th scope="col">cosine</th>
            <th scope="col">label, or tokens</th>
          </tr>
        </thead>
        <tbody>
          {feature.neighbours.map((neighbour) => (
            <tr key={neighbour.feature}>
              <td>
                <Link href={`${base}/${neighbour.feature}`} prefetch={false}>
                  #{neighbour.feature}
                </Link>
              </td>
              <td>{neighbour.cosine.toFixed(2)}</td>
              <td>
                {neighbour.label ?? (
                  <TokenChips tokens={neighbour.topTokens.slice(0, 4)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

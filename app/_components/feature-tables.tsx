import type { FeatureDetail } from "#lib/contract/index";
import { formatActivation, formatCount, formatPercent } from "./format";
import { TokenChip } from "./token-chip";
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

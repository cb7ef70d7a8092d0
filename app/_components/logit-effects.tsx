import type { FeatureDetail } from "#lib/contract/index";
import { readable } from "./reading";
import { TokenChip } from "./token-chip";
import styles from "./logit-effects.module.css";

type Logits = FeatureDetail["positiveLogits"];

/** The tokens whose logits the feature's direction raises and lowers most. */
export function LogitEffects({
  feature,
}: {
  feature: Pick<FeatureDetail, "positiveLogits" | "negativeLogits">;
}) {
  const { positiveLogits, negativeLogits } = feature;
  const largest = Math.max(
    ...[...positiveLogits, ...negativeLogits].map((l) => Math.abs(l.value)),
    1e-9,
  );
  return (
    <section>
      <h2>Direct effect on the next token</h2>
      <p className="muted small">
        The decoder direction through the final LayerNorm&rsquo;s gain and the
        unembedding, relative to the mean over all tokens.
      </p>
      <div className={styles.pair}>
        <LogitTable
          title="Raises"
          sign="positive"
          logits={positiveLogits}
          largest={largest}
        />
        <LogitTable
          title="Lowers"
          sign="negative"
          logits={negativeLogits}
          largest={largest}
        />
      </div>
    </section>
  );
}

interface LogitTableProps {
  title: string;
  sign: "positive" | "negative";
  logits: Logits;
  largest: number;
}

function LogitTable({ title, sign, logits, largest }: LogitTableProps) {
  return (
    <table className={styles.table}>
      <caption>{title}</caption>
      <tbody>
        {logits.map(({ token, value }) => (
          <tr
            key={token.id}
            data-value={`${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(4)}`}
            {...readable({ logit: value })}
          >
            <td>
              <TokenChip token={token} />
            </td>
            <td className={styles.value} data-sign={sign}>
              <span
                className={styles.bar}
                style={{ inlineSize: `${(100 * Math.abs(value)) / largest}%` }}
              />
              <span className={styles.number}>
                {value > 0 ? "+" : "−"}
                {Math.abs(value).toFixed(2)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

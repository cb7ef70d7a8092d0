import type { FeatureDetail, Token } from "#lib/contract/index";
import { formatActivation, formatCount } from "./format";
import { TokenChip } from "./token-chip";
import styles from "./pair-view.module.css";

interface PairTokensProps {
  a: FeatureDetail;
  b: FeatureDetail;
}

/** The tokens that are among the top of both. */
export function PairTokens({ a, b }: PairTokensProps) {
  const fires = shared(a.topTokens, b.topTokens);
  const raises = shared(a.positiveLogits, b.positiveLogits);
  const lowers = shared(a.negativeLogits, b.negativeLogits);
  return (
    <section className="card" aria-labelledby="shared">
      <h2 id="shared">Tokens in common</h2>
      <p className="muted small">
        Among the {Math.max(a.topTokens.length, b.topTokens.length)} that each
        fires on most, and the {a.positiveLogits.length} that each raises and
        lowers most.
      </p>
      {fires.length + raises.length + lowers.length === 0 ? (
        <p className="small">They have none in common.</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">both</th>
                <th scope="col">token</th>
                <th scope="col" data-series="a">
                  {a.index}
                </th>
                <th scope="col" data-series="b">
                  {b.index}
                </th>
              </tr>
            </thead>
            <tbody>
              {fires.map(({ token, a: x, b: y }) => (
                <Row
                  key={`fires ${token.id}`}
                  what="fire on"
                  token={token}
                  a={`${formatCount(x.count)} times, mean ${formatActivation(x.mean)}`}
                  b={`${formatCount(y.count)} times, mean ${formatActivation(y.mean)}`}
                />
              ))}
              {[
                ...raises.map((row) => ({ ...row, what: "raise" })),
                ...lowers.map((row) => ({ ...row, what: "lower" })),
              ].map(({ what, token, a: x, b: y }) => (
                <Row
                  key={`${what} ${token.id}`}
                  what={what}
                  token={token}
                  a={signed(x.value)}
                  b={signed(y.value)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({
  what,
  token,
  a,
  b,
}: {
  what: string;
  token: Token;
  a: string;
  b: string;
}) {
  return (
    <tr>
      <td>{what}</td>
      <td>
        <TokenChip token={token} />
      </td>
      <td>{a}</td>
      <td>{b}</td>
    </tr>
  );
}

function shared<T extends { token: Token }>(
  ofA: readonly T[],
  ofB: readonly T[],
): { token: Token; a: T; b: T }[] {
  const inB = new Map(ofB.map((item) => [item.token.id, item]));
  return ofA.flatMap((item) => {
    const other = inB.get(item.token.id);
    return other ? [{ token: item.token, a: item, b: other }] : [];
  });
}

function signed(value: number): string {
  return `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`;
}

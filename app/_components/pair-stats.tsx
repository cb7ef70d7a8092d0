import type { FeatureDetail } from "#lib/contract/index";
import { formatActivation, formatCount, formatPercent } from "./format";
import { TokenChips } from "./token-chip";
import styles from "./pair-view.module.css";

interface PairStatsProps {
  a: FeatureDetail;
  b: FeatureDetail;
}

/** The figures of two features in one table. */
export function PairStats({ a, b }: PairStatsProps) {
  return (
    <div className={`card ${styles.scroll}`}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">figure</span>
            </th>
            <th scope="col" data-series="a">
              A: {a.index}
            </th>
            <th scope="col" data-series="b">
              B: {b.index}
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(([name, show]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{show(a)}</td>
              <td>{show(b)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ROWS: [string, (feature: FeatureDetail) => React.ReactNode][] = [
  ["Label", (f) => f.labels[0]?.text ?? "none yet"],
  [
    "Fires on",
    (f) => <TokenChips tokens={f.topTokens.slice(0, 5).map((t) => t.token)} />,
  ],
  [
    "Frequency",
    (f) =>
      `${formatPercent(f.density)} (${formatCount(f.firingCount)} of ${formatCount(f.tokens)} tokens)`,
  ],
  ["Mean", (f) => formatActivation(f.meanActivation)],
  ["Maximum", (f) => formatActivation(f.maxActivation)],
  ["Std. dev.", (f) => formatActivation(Math.sqrt(f.moments.variance))],
  ["Skewness", (f) => f.moments.skewness?.toFixed(2) ?? "–"],
  ["Enc · dec", (f) => f.encoderDecoderCosine.toFixed(2)],
  ["Documents", (f) => formatCount(f.places.documents)],
];

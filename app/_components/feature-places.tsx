import Link from "next/link";
import type { FeatureDetail } from "#lib/contract/index";
import { documentHref } from "./feature-links";
import { formatCount, formatPercent } from "./format";
import styles from "./feature-places.module.css";

/** Where in the sequences and in which documents the feature fires. */
export function FeaturePlaces({ feature }: { feature: FeatureDetail }) {
  const { positions, sources, documents, topDocuments } = feature.places;
  const rates = positions.map((p) => p.firings / Math.max(1, p.tokens));
  const highest = Math.max(...rates, Number.MIN_VALUE);
  const { contextSize } = feature.measured;
  const parts = positions.length;
  return (
    <section>
      <h2>Where it fires</h2>
      <p className="muted small">
        Share of tokens it fires on, by place in the sequence of {contextSize}{" "}
        tokens; the highest is {formatPercent(highest)}.
      </p>
      <ol className={styles.positions}>
        {rates.map((rate, i) => {
          const from = Math.ceil((i * contextSize) / parts);
          const to = Math.ceil(((i + 1) * contextSize) / parts) - 1;
          const words = `positions ${from} to ${to}: ${formatPercent(rate)}`;
          return (
            <li key={i} title={words}>
              <span className="visually-hidden">{words}</span>
              <span
                className={styles.bar}
                style={{ blockSize: `${(100 * rate) / highest}%` }}
              />
            </li>
          );
        })}
      </ol>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">source</th>
            <th scope="col">firings</th>
            <th scope="col">of its tokens</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ name, firings, tokens }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>{formatCount(firings)}</td>
              <td>{formatPercent(firings / Math.max(1, tokens))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small">
        It fires in {formatCount(documents)} documents
        {topDocuments.length === 0 ? "." : ", most often in:"}
      </p>
      <ol className={styles.documents}>
        {topDocuments.map(({ id, title, firings }) => (
          <li key={id}>
            <Link
              href={documentHref(feature.saeId, id, { feature: feature.index })}
              prefetch={false}
            >
              {title}
            </Link>{" "}
            <span className="muted">{formatCount(firings)} times</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

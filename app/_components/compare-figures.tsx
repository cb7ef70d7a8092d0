import Link from "next/link";
import type { ComparedSae } from "#lib/contract/index";
import { architectureName } from "./architecture";
import { evaluationStats } from "./evaluation-stats";
import { saeHref } from "./feature-links";
import { formatCount } from "./format";
import type { Stat } from "./stat-list";
import styles from "./compare-saes.module.css";

/** The held-out figures of two SAEs in one table. */
export function CompareFigures({ a, b }: { a: ComparedSae; b: ComparedSae }) {
  const ofA = figures(a);
  const ofB = figures(b);
  const names = [...new Set([...ofA, ...ofB].map((stat) => stat.name))];
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">Figures</h2>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">figure</th>
              {[a, b].map((sae) => (
                <th scope="col" key={sae.id}>
                  <Link href={saeHref(sae.id)}>{sae.id}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const one = ofA.find((stat) => stat.name === name);
              const two = ofB.find((stat) => stat.name === name);
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td title={one?.meaning}>{one?.value ?? "not evaluated"}</td>
                  <td title={two?.meaning}>{two?.value ?? "not evaluated"}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="muted small">
        {a.evaluation && b.evaluation && a.corpusHash !== b.corpusHash
          ? "The two were measured on different texts: compare these figures with care."
          : "Each figure says on hover how it was measured."}
      </p>
    </section>
  );
}

function figures(sae: ComparedSae): Stat[] {
  return [
    {
      name: "Architecture",
      value: architectureName(sae),
      meaning: "How active features are chosen.",
    },
    {
      name: "Features",
      value: `${formatCount(sae.dSae)}, ${formatCount(sae.deadFeatures)} of them dead`,
      meaning: `Dead: never fired on ${formatCount(sae.indexedTokens)} indexed tokens.`,
    },
    ...(sae.evaluation === null ? [] : evaluationStats(sae.evaluation)),
  ];
}

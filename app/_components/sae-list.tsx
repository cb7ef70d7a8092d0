"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { SaeSummary } from "#lib/contract/index";
import { saeListQuery } from "#app/_queries/saes";
import { architectureName } from "./architecture";
import { evaluationStats } from "./evaluation-stats";
import { formatCompact, formatCount, formatPercent } from "./format";
import { StatList } from "./stat-list";
import styles from "./sae-list.module.css";

/** The home page: every indexed SAE with its figures. */
export function SaeList() {
  const { data } = useSuspenseQuery(saeListQuery());
  return (
    <>
      <div className={styles.intro}>
        <h1>The concepts inside GPT-2, one feature at a time</h1>
        <p className="muted">
          A sparse autoencoder takes the model&rsquo;s residual stream apart
          into features. See what makes each one fire, what it does to the next
          token, and write down what it means.
        </p>
      </div>
      {data.saes.length + data.unreadable.length === 0 ? <Empty /> : null}
      {data.unreadable.map(({ id, message }) => (
        <p key={id} role="alert" className={`card ${styles.unreadable}`}>
          <strong>{id}</strong>: {message}
        </p>
      ))}
      <ul className={styles.list}>
        {data.saes.map((sae) => (
          <li key={sae.id}>
            <SaeCard sae={sae} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Empty() {
  return (
    <div className="card">
      <h2>No SAE is indexed yet</h2>
      <p>
        Run <code>npm run demo</code> for one on the shipped mini-gpt2, or{" "}
        <code>npm run train</code> and <code>npm run index</code> for your own.
      </p>
    </div>
  );
}

function SaeCard({ sae }: { sae: SaeSummary }) {
  const href = `/sae/${encodeURIComponent(sae.id)}`;
  const labelled = sae.labelledFeatures / Math.max(1, sae.liveFeatures);
  return (
    <article className={`card ${styles.card}`}>
      <div className={styles.head}>
        <div className={styles.title}>
          <h2>
            <Link href={href}>
              {sae.modelName} <span className="mono">{sae.hookName}</span>
            </Link>
          </h2>
          <p className="muted small">
            {architectureName(sae)} · {formatCount(sae.dIn)} →{" "}
            {formatCount(sae.dSae)} features · {sae.corpusName} corpus ·{" "}
            {formatCompact(sae.indexedTokens)} tokens indexed
          </p>
        </div>
        <Link className="button" href={`${href}/random`} prefetch={false}>
          Random feature
        </Link>
      </div>
      {sae.evaluation === null ? (
        <p className="muted">
          Not evaluated: <code>npm run evaluate -- --sae {sae.id}</code>
        </p>
      ) : (
        <StatList stats={evaluationStats(sae.evaluation)} />
      )}
      <div className={styles.progress}>
        <div
          className={styles.bar}
          role="progressbar"
          aria-label="Labelled features"
          aria-valuenow={Math.round(labelled * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span style={{ inlineSize: `${labelled * 100}%` }} />
        </div>
        <span className="muted small">
          {formatCount(sae.labelledFeatures)} of {formatCount(sae.liveFeatures)}{" "}
          live features labelled ({formatPercent(labelled, 1)})
        </span>
      </div>
    </article>
  );
}

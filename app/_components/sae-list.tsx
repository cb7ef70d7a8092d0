"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { SaeSummary } from "#lib/contract/index";
import { saeListQuery } from "#app/_queries/saes";
import { architectureName } from "./architecture";
import { evaluationStats } from "./evaluation-stats";
import { formatCompact, formatCount, formatPercent } from "./format";
import { chooseSaes, parseSaeChoice } from "./sae-choice";
import { SaeFilter } from "./sae-filter";
import { SaeTable } from "./sae-table";
import { StatList } from "./stat-list";
import { useUrlParams } from "./use-url-params";
import styles from "./sae-list.module.css";

/** More SAEs than this are a table. */
const CARDS = 4;

/** The home page: every indexed SAE with its figures. */
export function SaeList() {
  const { data } = useSuspenseQuery(saeListQuery());
  const [params, change] = useUrlParams();
  const choice = parseSaeChoice(params);
  const chosen = chooseSaes(data.saes, choice);
  const many = data.saes.length > CARDS;
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
      {data.saes.length + data.unreadable.length === 0 ? <NoSaes /> : null}
      {data.unreadable.map(({ id, message }) => (
        <p key={id} role="alert" className={`card ${styles.unreadable}`}>
          <strong>{id}</strong>: {message}
        </p>
      ))}
      {many ? (
        <div className={styles.many}>
          <SaeFilter
            saes={data.saes}
            choice={choice}
            onChoose={(facet, value) => {
              change({ [facet]: value === "" ? null : value });
            }}
          />
          <p className="muted small" role="status">
            {formatCount(chosen.length)} of {formatCount(data.saes.length)} SAEs
          </p>
          <SaeTable
            saes={chosen}
            choice={choice}
            onSort={(sort) => {
              const turned = choice.sort === sort && choice.order === "asc";
              change({ sort, order: turned ? "desc" : null });
            }}
          />
        </div>
      ) : (
        <ul className={styles.list}>
          {chosen.map((sae) => (
            <li key={sae.id}>
              <SaeCard sae={sae} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What to do where there is nothing yet. */
function NoSaes() {
  return (
    <div className={`card ${styles.empty}`}>
      <h2>No SAE is indexed yet</h2>
      <p>
        For one on the shipped mini-gpt2, trained in a few minutes on this
        machine:
      </p>
      <pre>npm run demo</pre>
      <p>For one of your own, on any GPT-2 and your text:</p>
      <pre>
        {[
          "npm run train -- --model gpt2 --hook blocks.8.hook_resid_pre --corpus texts.jsonl",
          "npm run evaluate -- --sae NAME --corpus texts.jsonl",
          "npm run index -- --sae NAME --corpus texts.jsonl",
        ].join("\n")}
      </pre>
      <p className="muted">
        Training prints the name. An SAE in SAELens&rsquo; format, a folder with
        cfg.json and sae_weights.safetensors, can be put under{" "}
        <code>data/saes/NAME</code> and indexed as well. Then reload this page.
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

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { SweepSummary } from "#lib/contract/index";
import { sweepListQuery } from "#app/_queries/sweeps";
import { architectureTitle } from "./architecture";
import { formatCompact, formatTime } from "./format";
import styles from "./sae-list.module.css";

/** Every sweep that has a report. */
export function SweepList() {
  const { data } = useSuspenseQuery(sweepListQuery());
  return (
    <>
      <div className={styles.intro}>
        <h1>Sweeps</h1>
        <p className="muted">
          A sweep trains a grid of SAEs on the same activations. Its report
          shows what each one explains of the model, at how many active latents
          per token.
        </p>
      </div>
      {data.sweeps.length + data.unreadable.length === 0 ? <Empty /> : null}
      {data.unreadable.map(({ name, message }) => (
        <p key={name} role="alert" className={`card ${styles.unreadable}`}>
          {message}
        </p>
      ))}
      <ul className={styles.list}>
        {data.sweeps.map((sweep) => (
          <li key={sweep.name}>
            <SweepCard sweep={sweep} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Empty() {
  return (
    <div className="card">
      <h2>No sweep is here yet</h2>
      <p>
        <code>npm run sweep -- …</code> trains one and writes its report;{" "}
        <code>npm run sweep -- --help</code> lists what its grid can vary.
      </p>
    </div>
  );
}

function SweepCard({ sweep }: { sweep: SweepSummary }) {
  return (
    <article className="card">
      <div className={styles.title}>
        <h2>
          <Link href={`/sweeps/${encodeURIComponent(sweep.name)}`}>
            {sweep.name}
          </Link>
        </h2>
        <p className="muted small">
          {sweep.modelName}{" "}
          <span className="mono">{sweep.hookNames.join(", ")}</span> ·{" "}
          {sweep.architectures.map(architectureTitle).join(", ")}
        </p>
        <p className="muted small">
          {sweep.done} SAEs
          {sweep.failed === 0 ? "" : `, ${sweep.failed} failed`} · each on{" "}
          {formatCompact(sweep.tokens)} tokens of the {sweep.corpusName} corpus
          · {formatTime(sweep.createdAt)}
        </p>
      </div>
    </article>
  );
}

"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { sweepQuery } from "#app/_queries/sweeps";
import { formatCompact, formatTime } from "./format";
import { SweepFailures } from "./sweep-failures";
import { SweepTable } from "./sweep-table";
import styles from "./sweep-view.module.css";

const SweepCharts = dynamic(
  () => import("./sweep-charts").then((m) => m.SweepCharts),
  { ssr: false, loading: () => <div className={styles.chartsLoading} /> },
);

/** One sweep: its charts, its figures, and what failed. */
export function SweepView({ name }: { name: string }) {
  const { data: sweep } = useSuspenseQuery(sweepQuery(name));
  const hooks = [...new Set(sweep.cells.map((cell) => cell.hookName))];
  const [chosen, setChosen] = useState<string>();
  // "" stands for all hooks.
  const hook = chosen ?? hooks[0] ?? "";
  const cells = sweep.cells.filter(
    (cell) => hook === "" || cell.hookName === hook,
  );
  const done = cells.filter((cell) => cell.status === "done");
  const failed = cells.filter((cell) => cell.status === "failed");
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <div>
          <p className="small">
            <Link href="/sweeps">All sweeps</Link>
          </p>
          <h1>Sweep {sweep.name}</h1>
          <p className="muted">
            {sweep.modelName} · {sweep.corpusName} corpus · each SAE trained on{" "}
            {formatCompact(sweep.tokens)} tokens · {formatTime(sweep.createdAt)}
            {failed.length === 0 ? null : (
              <>
                {" "}
                · <a href="#failed">{failed.length} failed</a>
              </>
            )}
          </p>
        </div>
        {hooks.length > 1 ? (
          <label className={styles.hook}>
            Hook
            <select
              value={hook}
              onChange={(event) => {
                setChosen(event.target.value);
              }}
            >
              {hooks.map((name) => (
                <option key={name}>{name}</option>
              ))}
              <option value="">All hooks</option>
            </select>
          </label>
        ) : (
          <span className="mono">{hook}</span>
        )}
      </div>
      {done.length === 0 ? (
        <p className="card">No SAE of this sweep was trained to its end.</p>
      ) : (
        <>
          <SweepCharts sweep={sweep} cells={done} />
          <p className={`muted small ${styles.note}`}>
            CE recovered is measured against zero ablation, which ruins the
            model so thoroughly that every SAE scores close to 100 %. ΔCE and KL
            stand beside it because they say what the SAE itself costs, with no
            baseline to look good by.
          </p>
        </>
      )}
      <SweepFailures cells={failed} />
      {done.length === 0 ? null : (
        <SweepTable cells={done} indexed={sweep.indexed} />
      )}
    </div>
  );
}

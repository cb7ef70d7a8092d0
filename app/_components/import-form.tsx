"use client";

import { useState } from "react";
import { useImport, useImportCheck } from "#app/_queries/exchange";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { formatCount } from "./format";
import { ImportReport, rowsAdded } from "./import-report";
import styles from "./form.module.css";

/** A file is looked at first; what it would do is shown before it is done. */
export function ImportForm({ saeId }: { saeId: string }) {
  const [file, setFile] = useState<File | null>(null);
  const check = useImportCheck(saeId);
  const take = useImport(saeId);
  const refusal = refusalOf(useViewer(), "import");
  const choose = (chosen: File | null) => {
    setFile(chosen);
    check.reset();
    take.reset();
    if (chosen !== null) check.mutate(chosen);
  };
  const wouldAdd = check.data ? rowsAdded(check.data) : 0;
  const error = check.error ?? take.error;
  return (
    <section className={`card ${styles.section}`} aria-labelledby="in">
      <h2 id="in">In</h2>
      <p className="muted">
        A file that Monolex wrote, a CSV table with at least the columns{" "}
        <code>feature</code> and <code>text</code>, or Neuronpedia’s
        explanations; also packed with gzip. What is here already is left as it
        is, so the same file twice does no harm.
      </p>
      {refusal === undefined ? (
        <div className={styles.form}>
          <label className={styles.field}>
            <span>File</span>
            <input
              type="file"
              accept=".jsonl,.ndjson,.json,.csv,.gz"
              disabled={take.isPending}
              onChange={(event) => {
                choose(event.target.files?.[0] ?? null);
              }}
            />
          </label>
          <div role="status" className={styles.section}>
            {check.isPending ? <p>Reading the file …</p> : null}
            {take.isPending ? <p>Taking it in …</p> : null}
            {take.data ? (
              <ImportReport report={take.data} />
            ) : check.data ? (
              <ImportReport report={check.data} />
            ) : null}
          </div>
          {file !== null && check.data && !take.isSuccess ? (
            <button
              type="button"
              data-kind="primary"
              disabled={take.isPending || wouldAdd === 0}
              onClick={() => {
                take.mutate(file);
              }}
            >
              {wouldAdd === 0
                ? "There is nothing to take in"
                : `Take in ${formatCount(wouldAdd)} ${wouldAdd === 1 ? "row" : "rows"}`}
            </button>
          ) : null}
          {error ? (
            <p role="alert" className={styles.error}>
              {error.message}
            </p>
          ) : null}
        </div>
      ) : (
        <p role="note">{refusal}</p>
      )}
    </section>
  );
}

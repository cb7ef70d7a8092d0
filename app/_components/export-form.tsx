"use client";

import { EXCHANGE_FORMATS, type ExchangeFormat } from "#lib/contract/index";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { saeApiPath } from "./sae-links";
import { useUrlParams } from "./use-url-params";
import styles from "./form.module.css";

const FORMATS: Record<ExchangeFormat, { name: string; about: string }> = {
  jsonl: {
    name: "JSON lines",
    about:
      "Labels, votes, comments, rubrics, flags, quiz answers and lists: one a line. Comes in again as it went out.",
  },
  csv: {
    name: "CSV",
    about:
      "The same as a table for spreadsheets; what would be a formula there has an apostrophe before it.",
  },
  neuronpedia: {
    name: "Neuronpedia",
    about:
      "The labels as Neuronpedia's explanations. It knows no votes, comments or lists.",
  },
};

/** A form of its own: the browser saves what the API answers, bit by bit. */
export function ExportForm({
  saeId,
  modelName,
}: {
  saeId: string;
  modelName: string;
}) {
  const [params, change] = useUrlParams();
  const format =
    EXCHANGE_FORMATS.find((name) => name === params.get("format")) ?? "jsonl";
  const refusal = refusalOf(useViewer(), "export");
  return (
    <section className={`card ${styles.section}`} aria-labelledby="out">
      <h2 id="out">Out</h2>
      <form
        className={styles.form}
        method="get"
        action={`${saeApiPath(saeId)}/export`}
      >
        <fieldset className={styles.checks}>
          <legend>Format</legend>
          {EXCHANGE_FORMATS.map((name) => (
            <label className={styles.check} key={name}>
              <input
                type="radio"
                name="format"
                value={name}
                checked={name === format}
                onChange={() => {
                  change({ format: name === "jsonl" ? null : name });
                }}
              />
              <span>
                {FORMATS[name].name}
                <span className="muted small"> – {FORMATS[name].about}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {format === "neuronpedia" ? (
          <div className={styles.row}>
            <label className={styles.field}>
              <span>Model there</span>
              <input name="model" defaultValue={modelName} required />
            </label>
            <label className={styles.field}>
              <span>Source there</span>
              <input name="source" defaultValue={saeId} required />
              <span className="muted small">such as 6-res-jb</span>
            </label>
          </div>
        ) : null}
        <label className={styles.check}>
          <input type="checkbox" name="gzip" value="1" />
          <span>Packed with gzip</span>
        </label>
        {refusal === undefined ? (
          <button type="submit" data-kind="primary">
            Save the file
          </button>
        ) : (
          <p className="muted">{refusal}</p>
        )}
      </form>
      <p className="muted small">
        Bookmarks stay private, and what was deleted stays out. Of every SAE at
        once, with the command line: <code>npm run labels:export</code>
      </p>
    </section>
  );
}

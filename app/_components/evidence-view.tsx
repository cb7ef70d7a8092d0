"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { EVIDENCE_LISTS, type EvidenceList } from "#lib/contract/index";
import { evidenceQuery } from "#app/_queries/quizzes";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { AgreementFigures } from "./agreement-figures";
import { EvidenceTable } from "./evidence-table";
import { Refusal } from "./refusal";
import { saeLink } from "./sae-links";
import { ShowMore } from "./show-more";
import { useUrlParams } from "./use-url-params";
import styles from "./evidence-view.module.css";

const LISTS: Record<EvidenceList, { name: string; meaning: string }> = {
  proven: {
    name: "Most proven",
    meaning:
      "Highest first by the lower end of the score’s interval: right often, and asked often.",
  },
  doubted: {
    name: "Most doubted",
    meaning:
      "Lowest first by the upper end of the score’s interval: below 50 % a label predicts worse than guessing.",
  },
  untested: {
    name: "Untested",
    meaning: "Labels that no quiz was answered about as they stand.",
  },
  disputed: {
    name: "Disputed",
    meaning:
      "Labels of features where votes support more than one, or go both ways.",
  },
};

const LEAST = [1, 2, 3, 5, 10];

/** The labels of an SAE by what speaks for them, and how far people agree. */
export function EvidenceView({ saeId }: { saeId: string }) {
  const [params, changeUrl] = useUrlParams();
  const list = EVIDENCE_LISTS.find((l) => l === params.get("list")) ?? "proven";
  const least =
    LEAST.find((n) => String(n) === params.get("quizzes")) ?? LEAST[0]!;
  const scored = list === "proven" || list === "doubted";
  const query = useInfiniteQuery({
    ...evidenceQuery(saeId, list, scored ? least : 1),
    placeholderData: keepPreviousData,
  });
  const { data, error, refetch, isFetching } = query;
  const rows = data?.pages.flatMap((page) => page.labels);
  const mayQuiz = refusalOf(useViewer(), "quiz.answer") === undefined;
  return (
    <div className={styles.page}>
      <div className={styles.header}>
        <div>
          <p className="small">
            <Link href={saeLink(saeId)}>All features</Link>
          </p>
          <h1>Are the labels true?</h1>
        </div>
        {mayQuiz ? (
          <Link className="button" href={saeLink(saeId, "quiz")}>
            Take a quiz
          </Link>
        ) : null}
      </div>
      <section className={styles.section} aria-labelledby="labels">
        <h2 id="labels">Labels by evidence</h2>
        <div className={styles.choice} role="group" aria-label="Which labels">
          {EVIDENCE_LISTS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === list}
              onClick={() => {
                changeUrl({ list: name === "proven" ? null : name });
              }}
            >
              {LISTS[name].name}
            </button>
          ))}
          {scored ? (
            <label className="small">
              at least{" "}
              <select
                value={least}
                onChange={(event) => {
                  const { value } = event.target;
                  changeUrl({ quizzes: value === "1" ? null : value });
                }}
              >
                {LEAST.map((n) => (
                  <option key={n} value={n}>
                    {n} {n === 1 ? "quiz" : "quizzes"}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
        <p className="muted small">{LISTS[list].meaning}</p>
        {error ? (
          <Refusal error={error} onAgain={() => void refetch()} />
        ) : null}
        {rows === undefined ? (
          <p role="status">Loading …</p>
        ) : rows.length === 0 ? (
          <p className="card" role="status">
            {scored
              ? "No label has a score of so many quizzes yet."
              : `There are no ${list} labels.`}
          </p>
        ) : (
          <EvidenceTable saeId={saeId} rows={rows} busy={isFetching} />
        )}
        <ShowMore query={query}>Show more</ShowMore>
      </section>
      <AgreementFigures saeId={saeId} />
    </div>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useCallback, useEffect } from "react";
import { quizQuery, useNextQuiz } from "#app/_queries/quizzes";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { QuizForm } from "./quiz-form";
import { QuizTruth } from "./quiz-truth";
import { Refusal } from "./refusal";
import { saeLink } from "./sae-links";
import { useEnter } from "./use-enter";
import { useUrlParams } from "./use-url-params";
import styles from "./quiz-view.module.css";

/**
 * Quizzes about the labels of an SAE, one after another. The quiz, the marks
 * and the label that was asked for stand in the address.
 */
export function QuizView({ saeId }: { saeId: string }) {
  const [params, changeUrl] = useUrlParams();
  const refusal = refusalOf(useViewer(), "quiz.answer");
  const id = params.get("quiz");
  const label = wholeNumber(params.get("label"));
  const next = useNextQuiz(saeId);
  const { mutate } = next;
  const take = useCallback(
    (wanted: number | null) => {
      mutate(wanted, {
        onSuccess: ({ quiz }) => {
          changeUrl({ quiz: quiz?.id ?? null, marks: null });
        },
      });
    },
    [mutate, changeUrl],
  );
  useEffect(() => {
    // Harmless to ask twice: a quiz that is open is handed out again.
    if (id === null && refusal === undefined) take(label);
  }, [id, label, refusal, take]);
  const another = useCallback(() => {
    changeUrl({ label: null });
    take(null);
  }, [changeUrl, take]);
  return (
    <div className={styles.page}>
      <div>
        <p className="small">
          <Link href={saeLink(saeId)}>All features</Link>
          {" · "}
          <Link href={saeLink(saeId, "evidence")}>Evidence</Link>
        </p>
        <h1>Is this label true?</h1>
        <p className="muted">
          A label is a prediction. Mark the contexts in which a feature of this
          name fires, somewhere in the text. Five of the ten do; the others are
          silent throughout, near misses among them.
        </p>
      </div>
      {refusal === undefined ? null : <p role="alert">{refusal}</p>}
      {next.error ? (
        <p role="alert">
          {next.error.message}{" "}
          <button type="button" onClick={another}>
            Take another quiz
          </button>
        </p>
      ) : null}
      {next.data?.quiz === null && id === null ? (
        <p className="card" role="status">
          {next.data.reason}
        </p>
      ) : null}
      {id === null ? null : (
        <QuizById key={id} id={id} saeId={saeId} onNext={another} />
      )}
    </div>
  );
}

interface QuizByIdProps {
  id: string;
  saeId: string;
  onNext: () => void;
}

function QuizById({ id, saeId, onNext }: QuizByIdProps) {
  const { data, error, refetch } = useQuery(quizQuery(id));
  if (error) {
    return (
      <>
        <Refusal error={error} onAgain={() => void refetch()} />
        <p>
          <button type="button" onClick={onNext}>
            Take another quiz
          </button>
        </p>
      </>
    );
  }
  if (!data) return <p role="status">Loading …</p>;
  if (data.state === "open") {
    return <QuizForm quiz={data.quiz} onNext={onNext} />;
  }
  if (data.result) {
    return (
      <QuizTruth
        quiz={data.quiz}
        result={data.result}
        saeId={saeId}
        onNext={onNext}
      />
    );
  }
  return <ClosedQuiz onNext={onNext} />;
}

function ClosedQuiz({ onNext }: { onNext: () => void }) {
  useEnter(onNext);
  return (
    <p className="card" role="status">
      This quiz was put aside or has expired.{" "}
      <button type="button" onClick={onNext}>
        Take the next one <kbd>Enter</kbd>
      </button>
    </p>
  );
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

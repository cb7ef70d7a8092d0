"use client";

import Link from "next/link";
import type { Quiz, QuizResult } from "#lib/contract/index";
import { ActivationLegend } from "./activation-legend";
import { ScoreBadge } from "./label-score";
import { AnsweredContext, contextKey } from "./quiz-context";
import { saeLink } from "./sae-links";
import { useEnter } from "./use-enter";
import styles from "./quiz-view.module.css";

interface QuizTruthProps {
  quiz: Quiz;
  result: QuizResult;
  saeId: string;
  onNext: () => void;
}

/** An answered quiz: what was right, where the feature fires, the score. */
export function QuizTruth({ quiz, result, saeId, onNext }: QuizTruthProps) {
  useEnter(onNext);
  const right = result.contexts.filter((c) => c.fires === c.marked).length;
  return (
    <section className={styles.quiz} aria-label="Quiz">
      <p className={styles.label}>“{quiz.label}”</p>
      <p role="status">
        <strong>
          {right} of {result.contexts.length} right.
        </strong>{" "}
        It is{" "}
        <Link href={saeLink(saeId, `feature/${result.feature}`)}>
          feature {result.feature}
        </Link>
        .
      </p>
      {result.score ? (
        <p className={styles.score}>
          The label’s score by all its quizzes:{" "}
          <ScoreBadge score={result.score} />
        </p>
      ) : null}
      <div className={styles.actions}>
        <button type="button" data-kind="primary" onClick={onNext}>
          Next quiz <kbd>Enter</kbd>
        </button>
      </div>
      <ActivationLegend max={result.maxActivation} />
      <ol className={styles.contexts}>
        {quiz.contexts.map((context, place) => (
          <AnsweredContext
            key={contextKey(place)}
            context={context}
            truth={result.contexts[place]!}
            place={place}
            max={result.maxActivation}
          />
        ))}
      </ol>
    </section>
  );
}

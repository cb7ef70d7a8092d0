"use client";

import { useEffect } from "react";
import type { Quiz } from "#lib/contract/index";
import { changeKey } from "#app/_queries/change";
import { useQuizAnswer, useQuizSkip } from "#app/_queries/quizzes";
import { formatTime } from "./format";
import { contextKey, QuizContext } from "./quiz-context";
import { useEnter } from "./use-enter";
import { useHotkey } from "./use-hotkey";
import { useUrlParams } from "./use-url-params";
import styles from "./quiz-view.module.css";

interface QuizFormProps {
  quiz: Quiz;
  onNext: () => void;
}

/** A quiz to be answered: by keys alone, or by clicking. */
export function QuizForm({ quiz, onNext }: QuizFormProps) {
  const [params, changeUrl] = useUrlParams();
  const marked = parseMarks(params.get("marks"), quiz.contexts.length);
  const answer = useQuizAnswer(quiz.id);
  const skip = useQuizSkip(quiz.id);
  const busy = answer.isPending || skip.isPending;
  const toggle = (place: number) => {
    if (busy || place >= quiz.contexts.length) return;
    const now = marked.has(place)
      ? [...marked].filter((mark) => mark !== place)
      : [...marked, place].sort((a, b) => a - b);
    changeUrl({ marks: now.length === 0 ? null : now.join(".") });
  };
  const submit = () => {
    if (busy || marked.size === 0) return;
    answer.mutate({ marked: [...marked], key: changeKey() });
  };
  useDigits((digit) => {
    toggle((digit + 9) % 10);
  });
  useEnter(submit);
  const putAside = () => {
    if (!busy) skip.mutate(undefined, { onSuccess: onNext });
  };
  useHotkey("x", putAside);
  const error = answer.error ?? skip.error;
  return (
    <section className={styles.quiz} aria-label="Quiz">
      <p className={styles.label}>“{quiz.label}”</p>
      <ol className={styles.contexts}>
        {quiz.contexts.map((context, place) => (
          <QuizContext
            key={contextKey(place)}
            context={context}
            place={place}
            marked={marked.has(place)}
            onToggle={() => {
              toggle(place);
            }}
          />
        ))}
      </ol>
      {error ? (
        <p role="alert">
          {error.message}{" "}
          <button type="button" onClick={onNext}>
            Take the next one
          </button>
        </p>
      ) : null}
      <div className={styles.actions}>
        <button
          type="button"
          data-kind="primary"
          disabled={busy || marked.size === 0}
          onClick={submit}
        >
          Answer: these {marked.size} fire <kbd>Enter</kbd>
        </button>
        <button
          type="button"
          data-kind="quiet"
          disabled={busy}
          onClick={putAside}
        >
          Put aside <kbd>x</kbd>
        </button>
        <span className="muted small">
          Keys <kbd>1</kbd>–<kbd>9</kbd>, <kbd>0</kbd> mark. One answer, until{" "}
          {formatTime(quiz.expiresAt)}.
        </span>
      </div>
    </section>
  );
}

function parseMarks(text: string | null, size: number): Set<number> {
  const places = (text ?? "").split(".").filter((part) => /^\d$/.test(part));
  return new Set(places.map(Number).filter((place) => place < size));
}

/** Calls `action` with the digit pressed, outside text fields. */
function useDigits(action: (digit: number) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!/^\d$/.test(event.key) || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input, textarea")) {
        return;
      }
      event.preventDefault();
      action(Number(event.key));
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
    };
  });
}

"use client";

import type { Quiz, QuizResult } from "#lib/contract/index";
import { TokenStrip } from "./token-strip";
import styles from "./quiz-view.module.css";

/** The key of the n-th context (from 0): 1 … 9, then 0. */
export const contextKey = (place: number) => String((place + 1) % 10);

interface QuizContextProps {
  context: Quiz["contexts"][number];
  place: number;
  marked: boolean;
  onToggle: () => void;
}

/** A context to be marked or left. */
export function QuizContext(props: QuizContextProps) {
  const { context, place, marked, onToggle } = props;
  return (
    <li>
      <button
        type="button"
        className={styles.context}
        aria-pressed={marked}
        data-quiz-context=""
        onClick={onToggle}
      >
        <kbd>{contextKey(place)}</kbd>
        <span className={styles.text}>
          <TokenStrip tokens={context.tokens} values={[]} max={1} />
        </span>
        <span className={styles.mark}>{marked ? "● fires" : "○ silent"}</span>
      </button>
    </li>
  );
}

const GROUPS = [
  "weakest fifth",
  "second fifth",
  "middle fifth",
  "fourth fifth",
  "strongest fifth",
];

const REASONS = {
  token: "it holds a token on which the feature often fires",
  related: "a feature like this one fires in it",
  other: "a text like any other",
} as const;

interface AnsweredContextProps {
  context: Quiz["contexts"][number];
  truth: QuizResult["contexts"][number];
  place: number;
  max: number;
}

/** A context with the truth about it. */
export function AnsweredContext(props: AnsweredContextProps) {
  const { context, truth, place, max } = props;
  const right = truth.fires === truth.marked;
  const said = truth.marked ? "you marked it" : "you left it";
  return (
    <li className={styles.context} data-right={right}>
      <kbd>{contextKey(place)}</kbd>
      <span className={styles.text}>
        <TokenStrip tokens={context.tokens} values={truth.values} max={max} />
      </span>
      <span className={styles.mark}>
        <strong>{right ? "✓ right" : "✗ wrong"}</strong>
        <br />
        {truth.fires ? "fires" : "silent"}, {said}
        <br />
        <span className="muted small">
          {truth.fires
            ? GROUPS[truth.group ?? 0]
            : REASONS[truth.reason ?? "other"]}
        </span>
      </span>
    </li>
  );
}

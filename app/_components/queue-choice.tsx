"use client";

import { useEffect, useRef } from "react";
import type { SkipReason } from "#lib/queue-rules";
import styles from "./queue-answer.module.css";

type Choices<T extends string> = readonly (readonly [T, string])[];

export const SKIP_CHOICES: Choices<SkipReason> = [
  ["unclear", "I cannot tell what it is"],
  ["mixed", "it fires on several things"],
  ["data", "too few contexts to say"],
  ["later", "not now"],
];

export const FLAG_CHOICES = [
  ["uninterpretable", "uninterpretable: it means nothing"],
  ["polysemantic", "polysemantic: it means several things"],
  ["dead", "dead: its firings are noise"],
] as const;

interface QueueChoiceProps<T extends string> {
  name: string;
  choices: Choices<T>;
  onChoose: (choice: T) => void;
  onCancel: () => void;
}

/** A few things to choose from, by digit or by arrow. */
export function QueueChoice<T extends string>(props: QueueChoiceProps<T>) {
  const { name, choices, onChoose, onCancel } = props;
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    group.current?.querySelector("button")?.focus();
  }, []);
  return (
    <div
      ref={group}
      role="group"
      aria-label={name}
      className={styles.choices}
      onKeyDown={(event) => {
        const chosen = choices[Number(event.key) - 1];
        const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (chosen && !event.altKey) onChoose(chosen[0]);
        else if (event.key === "Escape") onCancel();
        else if (move) step(event.currentTarget, move);
        else return;
        event.preventDefault();
      }}
    >
      <p className="small muted">{name}</p>
      {choices.map(([choice, words], i) => (
        <button
          key={choice}
          type="button"
          onClick={() => {
            onChoose(choice);
          }}
        >
          <kbd>{i + 1}</kbd> {words}
        </button>
      ))}
    </div>
  );
}

function step(group: HTMLElement, by: number): void {
  const buttons = [...group.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { labellingQuery } from "#app/_queries/labels";
import { FlagForm } from "./flag-form";
import { flagSummary } from "./flag-words";
import { RubricForm } from "./rubric-form";
import { rubricSummary } from "./rubric-summary";
import { useHotkey } from "./use-hotkey";
import styles from "./opinions.module.css";

interface OpinionPanelProps {
  saeId: string;
  feature: number;
}

/** What people think of a feature besides its name; opens when wanted. */
export function OpinionPanel({ saeId, feature }: OpinionPanelProps) {
  const { data } = useQuery(labellingQuery(saeId, feature));
  const flags = useRef<HTMLDetailsElement>(null);
  const marks = useRef<HTMLDetailsElement>(null);
  useHotkey("f", () => {
    show(flags.current, "button:not(:disabled)");
  });
  useHotkey("o", () => {
    show(marks.current, "input:not(:disabled)");
  });
  if (!data) return null;
  return (
    <section className={`card ${styles.panel}`} aria-label="Flags and marks">
      <details ref={flags}>
        <summary>
          <h2>Flags</h2> <span>{flagSummary(data.flags)}</span>
        </summary>
        <FlagForm saeId={saeId} feature={feature} flags={data.flags} />
      </details>
      <details ref={marks}>
        <summary>
          <h2>Marks</h2> <span>{rubricSummary(data.rubrics)}</span>
        </summary>
        <RubricForm saeId={saeId} feature={feature} rubrics={data.rubrics} />
      </details>
    </section>
  );
}

/** Opens it and goes to the first thing to do there. */
function show(details: HTMLDetailsElement | null, first: string): void {
  if (!details) return;
  details.open = true;
  details.querySelector<HTMLElement>(first)?.focus();
}

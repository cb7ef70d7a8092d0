"use client";

import { useRef, type FormEvent } from "react";
import { LENS_MAX_CHARS } from "#lib/contract/index";
import { LENS_SAMPLES } from "./lens-samples";
import styles from "./lens-view.module.css";

interface LensComposerProps {
  /** The text that is shown. */
  text: string;
  onRun: (text: string) => void;
}

/** Where a text is typed or pasted, and samples to begin with. */
export function LensComposer({ text, onRun }: LensComposerProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onRun(field.current?.value ?? "");
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <textarea
        ref={field}
        // Another text from elsewhere, a sample or a link, takes its place.
        key={text}
        rows={4}
        dir="auto"
        aria-label="Text"
        placeholder="Call me Ishmael."
        defaultValue={text}
        maxLength={LENS_MAX_CHARS}
        spellCheck={false}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
      <div className={styles.run}>
        <button type="submit" data-kind="primary">
          Run
        </button>
        <span className="muted small">
          or <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </span>
        <span className={styles.samples} role="group" aria-label="Samples">
          {LENS_SAMPLES.map((sample) => (
            <button
              key={sample.name}
              type="button"
              data-kind="quiet"
              onClick={() => {
                onRun(sample.text);
              }}
            >
              {sample.name}
            </button>
          ))}
        </span>
      </div>
    </form>
  );
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, type FormEvent } from "react";
import { LENS_MAX_CHARS } from "#lib/contract/index";
import { ownTextQuery } from "#app/_queries/features";
import { formatExact } from "./format";
import { TokenStrip } from "./token-strip";
import { useHotkey } from "./use-hotkey";
import { PINNED_MAX } from "./use-test-text";
import styles from "./try-text.module.css";

interface TryTextProps {
  saeId: string;
  feature: number;
  /** The feature's maximum over the corpus: what colours are relative to. */
  max: number;
  text: string;
  onText: (text: string) => void;
}

/** Own text, coloured by this feature; every token's value can be read. */
export function TryText({ saeId, feature, max, text, onText }: TryTextProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const { data, error, isFetching } = useQuery({
    ...ownTextQuery(saeId, { text, feature, perToken: 1 }),
    placeholderData: keepPreviousData,
  });
  // A text that comes from elsewhere (a context, a link) is shown in the box.
  useEffect(() => {
    if (box.current) box.current.value = text;
  }, [text]);
  useHotkey("t", () => {
    box.current?.focus();
    box.current?.select();
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onText(String(new FormData(event.currentTarget).get("text") ?? "").trim());
  };
  const values = text === "" ? undefined : data?.featureValues;
  return (
    <section
      id="try"
      className={`card ${styles.panel}`}
      aria-label="Try your own text"
    >
      <form onSubmit={submit} className={styles.form}>
        <textarea
          ref={box}
          name="text"
          rows={1}
          aria-label="Your own text"
          placeholder="Try this feature on your own text"
          defaultValue={text}
          maxLength={LENS_MAX_CHARS}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <button type="submit" aria-busy={isFetching}>
          {isFetching ? "Running …" : "Try"}
        </button>
        {text === "" ? null : (
          <button
            type="button"
            data-kind="quiet"
            onClick={() => {
              onText("");
              box.current?.focus();
            }}
          >
            Clear
          </button>
        )}
      </form>
      {error ? (
        <p role="alert" className={styles.error}>
          {error.message}
        </p>
      ) : null}
      {data && values ? (
        <div aria-live="polite" aria-busy={isFetching}>
          <TokenStrip
            tokens={data.tokens}
            values={values}
            max={Math.max(max, ...values)}
            peak={strongestToken(values)}
            anchor="try"
            every
          />
          <p className="muted small">
            {resultSentence(values, max)}
            {text.length > PINNED_MAX
              ? " The text is too long to be kept in the address."
              : null}
          </p>
        </div>
      ) : null}
    </section>
  );
}

/** The token it is strongest on; undefined where it is silent on all. */
function strongestToken(values: readonly number[]): number | undefined {
  const strongest = values.indexOf(Math.max(...values));
  return (values[strongest] ?? 0) > 0 ? strongest : undefined;
}

function resultSentence(values: readonly number[], max: number): string {
  const strongest = Math.max(...values);
  if (!(strongest > 0)) return "It does not fire on this text.";
  const fired = values.filter((value) => value > 0).length;
  return `Fires on ${fired} of ${values.length} tokens; strongest ${formatExact(strongest)}${strongest > max ? ", above its maximum over the corpus" : ""}.`;
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { LENS_MAX_CHARS } from "#lib/contract/index";
import { ownTextQuery } from "#app/_queries/features";
import { formatActivation } from "./format";
import { TokenStrip } from "./token-strip";
import styles from "./try-text.module.css";

interface TryTextProps {
  saeId: string;
  feature: number;
  /** The feature's maximum over the corpus: what colours are relative to. */
  max: number;
}

/** Own text, coloured by this feature. */
export function TryText({ saeId, feature, max }: TryTextProps) {
  const [text, setText] = useState("");
  const { data, error, isFetching } = useQuery({
    ...ownTextQuery(saeId, { text, feature, perToken: 1 }),
    placeholderData: keepPreviousData,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setText(String(new FormData(event.currentTarget).get("text") ?? ""));
  };
  const values = text === "" ? undefined : data?.featureValues;
  const strongest = values === undefined ? 0 : Math.max(...values);
  return (
    <section className={`card ${styles.panel}`} aria-label="Try your own text">
      <form onSubmit={submit} className={styles.form}>
        <textarea
          name="text"
          rows={1}
          aria-label="Your own text"
          placeholder="Try this feature on your own text"
          maxLength={LENS_MAX_CHARS}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
        <button type="submit">Try</button>
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
            max={Math.max(max, strongest)}
          />
          <p className="muted small">
            {strongest > 0
              ? `Strongest: ${formatActivation(strongest)}${strongest > max ? ", above its maximum over the corpus" : ""}.`
              : "It does not fire on this text."}
          </p>
        </div>
      ) : null}
    </section>
  );
}

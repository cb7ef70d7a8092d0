"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { lensQuery } from "#app/_queries/lens";
import { LensComposer } from "./lens-composer";
import { LensReading } from "./lens-reading";
import { useTextInUrl } from "./use-text-in-url";
import styles from "./lens-view.module.css";

/** View parameters that mean something only with their text. */
const OF_THE_TEXT = ["token", "target", "targetId", "against", "againstId"];

/** What an SAE sees in a text, what it misses, and what it predicts with it. */
export function LensView({ saeId }: { saeId: string }) {
  const { text, damaged, goTo } = useTextInUrl();
  return (
    <div className={styles.page}>
      <div>
        <p className="small">
          <Link href={`/sae/${encodeURIComponent(saeId)}`}>{saeId}</Link>
        </p>
        <h1>Text lens</h1>
        <p className="muted small">
          Which features fire on each token of a text, how well they explain it,
          and what they contribute to the next token. Up to 2,000 tokens.
        </p>
      </div>
      <LensComposer
        text={text ?? ""}
        onRun={(typed) => {
          if (typed !== text) goTo(typed, OF_THE_TEXT);
        }}
      />
      {damaged ? (
        <p role="alert">
          The address holds a text that is damaged: part of the link is missing.
        </p>
      ) : null}
      {text === undefined || text === "" ? null : (
        <LensAnswer key={text} saeId={saeId} text={text} />
      )}
    </div>
  );
}

function LensAnswer({ saeId, text }: { saeId: string; text: string }) {
  const { data, error, refetch } = useQuery(lensQuery(saeId, text));
  if (error) {
    return (
      <p role="alert" className={styles.error}>
        {error.message}{" "}
        <button type="button" onClick={() => void refetch()}>
          Try again
        </button>
      </p>
    );
  }
  if (data === undefined) {
    return (
      <p className={`muted ${styles.waiting}`} role="status">
        Reading the text. The first one waits until the model is loaded.
      </p>
    );
  }
  return <LensReading saeId={saeId} text={text} lens={data} />;
}

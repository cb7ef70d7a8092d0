"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { useState, type FormEvent } from "react";
import { LENS_MAX_CHARS, type OwnTextResponse } from "#lib/contract/index";
import { ownTextQuery } from "#app/_queries/features";
import { formatActivation } from "./format";
import { OwnTextTokens } from "./own-text-tokens";
import { TokenFeatures, TextFeatures } from "./own-text-features";
import styles from "./own-text-view.module.css";

const PER_TOKEN = 12;

/** Which features fire on a text of one's own, token by token and overall. */
export function OwnTextView({ saeId }: { saeId: string }) {
  const router = useRouter();
  const text = useSearchParams().get("text") ?? "";
  const { data, error, isFetching } = useQuery({
    ...ownTextQuery(saeId, { text, perToken: PER_TOKEN }),
    placeholderData: keepPreviousData,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("text") ?? "");
    router.replace(`?${new URLSearchParams({ text: typed }).toString()}`, {
      scroll: false,
    });
  };
  return (
    <div className={styles.page}>
      <div>
        <h1>Your own text</h1>
        <p className="muted">
          The server runs the model and the SAE on it and shows the features
          that fire on each token.
        </p>
      </div>
      <form onSubmit={submit} className={styles.form}>
        <textarea
          key={text}
          name="text"
          rows={3}
          aria-label="Text"
          placeholder="Call me Ishmael."
          defaultValue={text}
          maxLength={LENS_MAX_CHARS}
        />
        <button type="submit" data-kind="primary" disabled={isFetching}>
          {isFetching ? "Running …" : "Run"}
        </button>
      </form>
      {error ? (
        <p role="alert" className={styles.error}>
          {error.message}
        </p>
      ) : null}
      {data && text !== "" && !error ? (
        <OwnTextResult saeId={saeId} data={data} key={text} />
      ) : null}
    </div>
  );
}

function OwnTextResult({
  saeId,
  data,
}: {
  saeId: string;
  data: OwnTextResponse;
}) {
  const [token, setToken] = useState(data.tokens.length - 1);
  const rows = new Map(data.features.map((f) => [f.row.index, f.row]));
  return (
    <>
      <OwnTextTokens data={data} chosen={token} onChoose={setToken} />
      <div className={styles.columns}>
        <TokenFeatures
          saeId={saeId}
          token={data.tokens[token]!}
          features={data.perToken[token] ?? []}
          rows={rows}
        />
        <TextFeatures saeId={saeId} features={data.features} />
      </div>
      <p className="muted small">
        {data.tokens.length} tokens in {formatActivation(data.milliseconds)} ms
        on the server.
      </p>
    </>
  );
}

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { SEARCH_KINDS, type SearchQuery } from "#lib/contract/index";
import { searchQuery } from "#app/_queries/search";
import { SearchResultRow } from "./search-result-row";
import { useDebounced } from "./use-debounced";
import styles from "./search-view.module.css";

const KINDS: Record<SearchQuery["kind"], { name: string; explained: string }> =
  {
    text: {
      name: "Fires on",
      explained:
        'Features whose strongest contexts hold these words near the peak. "Quotes" search a phrase.',
    },
    token: {
      name: "Token",
      explained: "Features that fire on this very token, most typical first.",
    },
    label: {
      name: "Label",
      explained: "Features that somebody described with these words.",
    },
  };

/** Search by text, token or label; results as you type, the view in the URL. */
export function SearchView({ saeId }: { saeId: string }) {
  const params = useSearchParams();
  const given = params.get("kind");
  const [kind, setKind] = useState<SearchQuery["kind"]>(
    SEARCH_KINDS.find((k) => k === given) ?? "text",
  );
  const [text, setText] = useState(params.get("q") ?? "");
  const q = useDebounced(text.trim(), 150);
  const results = useRef<HTMLOListElement>(null);
  const { data, error, isFetching } = useQuery({
    ...searchQuery(saeId, { q, kind }),
    placeholderData: keepPreviousData,
  });

  useEffect(() => {
    const search = new URLSearchParams({ ...(q === "" ? {} : { q }), kind });
    window.history.replaceState(null, "", `?${search.toString()}`);
  }, [q, kind]);

  // ↓ and ↑ walk from the box through the results.
  const walk = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [
      ...(results.current?.querySelectorAll<HTMLAnchorElement>("a") ?? []),
    ];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next >= links.length || next < -1) return;
    event.preventDefault();
    if (next === -1) event.currentTarget.querySelector("input")?.focus();
    else links[next]?.focus();
  };

  return (
    <div className={styles.page} onKeyDown={walk}>
      <h1>Search features</h1>
      <input
        type="search"
        className={styles.box}
        aria-label="Search"
        placeholder={kind === "label" ? "negation" : "whale"}
        value={text}
        maxLength={200}
        autoFocus
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <div className={styles.kinds} role="radiogroup" aria-label="Search in">
        {SEARCH_KINDS.map((value) => (
          <label key={value} data-chosen={value === kind || undefined}>
            <input
              type="radio"
              name="kind"
              value={value}
              checked={value === kind}
              onChange={() => {
                setKind(value);
              }}
            />
            {KINDS[value].name}
          </label>
        ))}
      </div>
      <p className="muted small">{KINDS[kind].explained}</p>
      {error ? <p role="alert">{error.message}</p> : null}
      {q === "" || data === undefined ? null : (
        <>
          <p role="status" className="small">
            {data.results.length === 0
              ? `Nothing found for “${data.q}”.`
              : `${data.results.length}${data.truncated ? "+" : ""} features`}
          </p>
          <ol ref={results} className={styles.results} aria-busy={isFetching}>
            {data.results.map((result) => (
              <SearchResultRow
                key={result.feature.index}
                saeId={saeId}
                kind={data.kind}
                result={result}
              />
            ))}
          </ol>
          {data.truncated ? (
            <p className="muted small">
              More features match: add a word to narrow the search.
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}

"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { SEARCH_PLACES, type SearchQuery } from "#lib/contract/index";
import { hasWords, parseQuery } from "#lib/query/index";
import { searchQuery } from "#app/_queries/search";
import { QueryBox } from "./query-box";
import { problemsOf } from "./query-problems";
import { SearchExamples } from "./search-examples";
import { SearchResults } from "./search-results";
import { SearchTabs } from "./search-tabs";
import { SearchTools } from "./search-tools";
import { useKept } from "./use-kept";
import { useResultKeys } from "./use-result-keys";
import { useUrlParams } from "./use-url-params";
import { useUrlText } from "./use-url-text";
import styles from "./search-view.module.css";

type Place = SearchQuery["in"];

/**
 * One box for every way to find features; results as one types, the search in
 * the URL.
 */
export function SearchView({ saeId }: { saeId: string }) {
  const params = useSearchParams();
  const [, setParams] = useUrlParams();
  const [text, setText, inUrl] = useUrlText("q", 150);
  const q = inUrl.trim();
  const [place, setPlace] = useState<Place>(
    SEARCH_PLACES.find((p) => p === params.get("in")) ?? "all",
  );
  const query = parseQuery(q);
  const ready = q !== "" && query.problems.length === 0;
  // Without bare words there is one place only.
  const shownPlace = hasWords(query) ? place : "all";
  const everywhere = useInfiniteQuery({
    ...searchQuery(saeId, q, "all"),
    enabled: ready,
    placeholderData: keepPreviousData,
  });
  const inPlace = useInfiniteQuery({
    ...searchQuery(saeId, q, shownPlace),
    enabled: ready && shownPlace !== "all",
    placeholderData: keepPreviousData,
  });
  const shown = shownPlace === "all" ? everywhere : inPlace;
  const pages = useKept(shown.data?.pages);
  const counted = useKept(everywhere.data?.pages[0]?.groups) ?? [];
  const { container, box, walk, inBox } = useResultKeys(() => {
    setText("");
  });

  useEffect(() => {
    setParams({ in: place === "all" ? null : place });
  }, [place, setParams]);

  const search = (next: string, where: Place = place) => {
    setText(next);
    setPlace(where);
    box.current?.focus();
  };
  const refused = problemsOf(shown.error ?? everywhere.error);
  return (
    <div className={styles.page} ref={container} onKeyDown={walk}>
      <h1>Search features</h1>
      <QueryBox
        label="Search"
        placeholder='king, "exact words", label:negation, density:<1e-3'
        value={text}
        onChange={setText}
        refused={refused}
        inputRef={box}
        onKeyDown={inBox}
        large
        autoFocus
      />
      {q === "" ? (
        <SearchExamples onTry={search} />
      ) : (
        <>
          <div className={styles.bar}>
            {hasWords(query) ? (
              <SearchTabs
                q={q}
                chosen={place}
                groups={counted}
                onChoose={setPlace}
              />
            ) : null}
            <SearchTools text={text} onChange={setText} />
          </div>
          {shown.error && refused.length === 0 ? (
            <p role="alert">{shown.error.message}</p>
          ) : null}
          <SearchResults
            saeId={saeId}
            q={q}
            pages={pages}
            busy={shown.isFetching}
            stale={!ready || shown.isPlaceholderData || shown.error !== null}
            hasMore={shown.hasNextPage}
            onMore={() => void shown.fetchNextPage()}
            onPlace={setPlace}
            onSearch={search}
          />
        </>
      )}
    </div>
  );
}

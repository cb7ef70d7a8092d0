"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { EverywhereSae } from "#lib/contract/index";
import { parseQuery } from "#lib/query/index";
import { everywhereQuery } from "#app/_queries/search";
import { QueryBox } from "./query-box";
import { problemsOf } from "./query-problems";
import { SearchExamples } from "./search-examples";
import { SearchGroupView } from "./search-group";
import { countText, groupName } from "./search-places";
import { ShowMore } from "./show-more";
import { useKept } from "./use-kept";
import { useResultKeys } from "./use-result-keys";
import { useUrlText } from "./use-url-text";
import styles from "./search-view.module.css";

/** One box for all SAEs: what each of them has for a word. */
export function SearchEverywhere() {
  const [text, setText, inUrl] = useUrlText("q", 200);
  const q = inUrl.trim();
  const ready = q !== "" && parseQuery(q).problems.length === 0;
  const search = useInfiniteQuery({
    ...everywhereQuery(q),
    enabled: ready,
    placeholderData: keepPreviousData,
  });
  const pages = useKept(search.data?.pages);
  const { container, box, walk, inBox } = useResultKeys(() => {
    setText("");
  });
  const refused = problemsOf(search.error);
  const saes = pages?.flatMap((page) => page.saes) ?? [];
  return (
    <div className={styles.page} ref={container} onKeyDown={walk}>
      <h1>Search all SAEs</h1>
      <QueryBox
        label="Search"
        placeholder='king, "exact words", label:negation'
        value={text}
        onChange={setText}
        refused={refused}
        inputRef={box}
        onKeyDown={inBox}
        large
        autoFocus
      />
      {q === "" ? (
        <SearchExamples
          onTry={(example) => {
            setText(example);
            box.current?.focus();
          }}
        />
      ) : (
        <>
          {search.error && refused.length === 0 ? (
            <p role="alert">{search.error.message}</p>
          ) : null}
          <p role="status" className="small muted">
            {pages === undefined ? "Searching …" : statusText(saes)}
          </p>
          <div
            className={styles.saes}
            aria-busy={search.isFetching}
            data-stale={!ready || search.isPlaceholderData || undefined}
          >
            {saes.map((found) => (
              <InSae key={found.sae.id} q={q} found={found} />
            ))}
          </div>
          <ShowMore query={search}>More SAEs</ShowMore>
        </>
      )}
    </div>
  );
}

function statusText(saes: readonly EverywhereSae[]): string {
  const found = saes.filter(({ groups }) => groups.some((g) => g.total > 0));
  return `Found in ${found.length} of ${saes.length} ${saes.length === 1 ? "SAE" : "SAEs"}`;
}

/** What one SAE has, and the way to all of it. */
function InSae({
  q,
  found: { sae, groups, note },
}: {
  q: string;
  found: EverywhereSae;
}) {
  const base = `/sae/${encodeURIComponent(sae.id)}`;
  const href = `${base}/search?${new URLSearchParams({ q }).toString()}`;
  const some = groups.filter(({ total }) => total > 0);
  return (
    <section className={styles.sae} aria-label={sae.id}>
      <div className={styles.head}>
        <h2>
          <Link href={base}>{sae.id}</Link>
        </h2>
        <span className="muted small">
          {sae.modelName} <span className="mono">{sae.hookName}</span>
        </span>
        <Link href={href}>
          {some.length === 0
            ? "Search there"
            : some
                .map((group) => `${groupName(group)}: ${countText(group)}`)
                .join(" · ")}
        </Link>
      </div>
      {note === null ? null : <p className="muted">{note}</p>}
      {note === null && some.length === 0 ? (
        <p className="muted small">Nothing found there.</p>
      ) : null}
      {some.map((group) => (
        <SearchGroupView key={group.in} saeId={sae.id} group={group} />
      ))}
    </section>
  );
}

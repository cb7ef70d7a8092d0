"use client";

import { usePathname, useRouter } from "next/navigation";
import { useRef, type FormEvent } from "react";
import { QUERY_MAX } from "#lib/query/index";
import { useHotkey } from "./use-hotkey";
import styles from "./site-header.module.css";

/**
 * Words go to the search page, a number straight to that feature; outside an
 * SAE to the search in all of them. The search pages have a box of their own.
 */
export function HeaderSearch({ saeId }: { saeId: string | null }) {
  const searching = usePathname().endsWith("/search");
  return searching ? null : <SearchForm saeId={saeId} />;
}

function SearchForm({ saeId }: { saeId: string | null }) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  useHotkey("/", () => input.current?.focus());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const q = input.current?.value.trim() ?? "";
    if (q === "") return;
    const base = saeId === null ? "" : `/sae/${encodeURIComponent(saeId)}`;
    // The keys of the page that opens are to work at once.
    input.current?.blur();
    router.push(
      saeId !== null && /^#?\d{1,8}$/.test(q)
        ? `${base}/feature/${Number(q.replace("#", ""))}`
        : `${base}/search?${new URLSearchParams({ q }).toString()}`,
    );
  };

  return (
    <form role="search" onSubmit={submit} className={styles.search}>
      <input
        ref={input}
        type="search"
        name="q"
        aria-label={
          saeId === null
            ? "Search all SAEs: text their features fire on, or labels"
            : "Search features: text they fire on, labels, or a number"
        }
        placeholder={
          saeId === null ? "Search all SAEs" : "Search features or go to #"
        }
        autoComplete="off"
        maxLength={QUERY_MAX}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useRef, type FormEvent } from "react";
import { useHotkey } from "./use-hotkey";
import styles from "./site-header.module.css";

/** Words go to the search page, a number straight to that feature. */
export function HeaderSearch({ saeId }: { saeId: string }) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  useHotkey("/", () => input.current?.focus());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const q = input.current?.value.trim() ?? "";
    if (q === "") return;
    const base = `/sae/${encodeURIComponent(saeId)}`;
    // The keys of the page that opens are to work at once.
    input.current?.blur();
    router.push(
      /^#?\d{1,8}$/.test(q)
        ? `${base}/feature/${Number(q.replace("#", ""))}`
        : `${base}/search?q=${encodeURIComponent(q)}`,
    );
  };

  return (
    <form role="search" onSubmit={submit} className={styles.search}>
      <input
        ref={input}
        type="search"
        name="q"
        aria-label="Search features: text they fire on, labels, or a number"
        placeholder="Search features or go to #"
        autoComplete="off"
        maxLength={200}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

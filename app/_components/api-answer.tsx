"use client";

import { useQuery } from "@tanstack/react-query";
import { formatCount } from "./format";
import styles from "./api-docs.module.css";

/** Longer answers are cut: a page with megabytes of text stands still. */
const SHOWN = 20_000;

/** Sends a GET and shows what comes back, whatever it is. */
export function ApiAnswer({ url }: { url: string }) {
  const { data, error, isFetching } = useQuery({
    queryKey: ["api-docs", url],
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryFn: async ({ signal }) => {
      const started = performance.now();
      const response = await fetch(url, { signal });
      const text = await response.text();
      const milliseconds = performance.now() - started;
      return { status: response.status, text, milliseconds };
    },
  });
  if (error) return <p role="alert">The server cannot be reached.</p>;
  if (data === undefined) return <p aria-busy={isFetching}>Waiting …</p>;
  const text = indented(data.text);
  return (
    <div className={styles.answer}>
      <p className="muted small" role="status">
        Status {data.status}, {formatCount(data.text.length)} characters in{" "}
        {data.milliseconds.toFixed(0)} ms
        {text.length > SHOWN ? `; the first ${formatCount(SHOWN)}` : ""}
      </p>
      <pre tabIndex={0}>{text.slice(0, SHOWN)}</pre>
    </div>
  );
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

"use client";

import { useEffect, useState } from "react";
import { QUERY_MAX } from "#lib/query/index";
import { formatCount } from "./format";
import { useDebounced } from "./use-debounced";
import type { Lit } from "./use-lit";
import { useUrlParams } from "./use-url-params";
import styles from "./light-box.module.css";

/** Asked for when typing pauses. */
const REST_MS = 250;

/** A box to type a label's words, a token or any search into: what it finds lights up. */
export function LightBox({ lit }: { lit: Lit }) {
  const [, change] = useUrlParams();
  const [typed, setTyped] = useState(lit.text);
  const settled = useDebounced(typed.trim(), REST_MS);
  useEffect(() => {
    change({ light: settled === "" ? null : settled });
  }, [settled, change]);
  return (
    <span className={styles.box}>
      <label>
        Light up{" "}
        <input
          type="search"
          value={typed}
          maxLength={QUERY_MAX}
          placeholder="a token, words of a label, a search"
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
      </label>
      <span className="muted" role="status">
        {statusOf(lit)}
      </span>
    </span>
  );
}

function statusOf({ text, found, error }: Lit): string {
  if (error !== null) return error.message;
  if (text === "" || found === null) return "";
  const { features, truncated } = found;
  if (features.length === 0) return "no feature";
  const more = truncated ? "the first " : "";
  return `${more}${formatCount(features.length)} ${features.length === 1 ? "feature" : "features"}`;
}

import Link from "next/link";
import type { SearchPage } from "#lib/contract/index";
import { clauseOf, parseQuery, withParts, type Clause } from "#lib/query/index";
import { activationStep } from "./activation";
import { formatActivation } from "./format";
import { visibleText } from "./visible-text";
import tokens from "./search-own-text.module.css";
import styles from "./search-view.module.css";

interface SearchOwnTextProps {
  saeId: string;
  /** The search, which says which tokens count. */
  text: string;
  ownText: NonNullable<SearchPage["ownText"]>;
  onChange: (text: string) => void;
}

/** The text that was run; its tokens can be chosen, and then they alone rank. */
export function SearchOwnText(props: SearchOwnTextProps) {
  const { saeId, text, ownText, onChange } = props;
  const query = parseQuery(text);
  const on = clauseOf(query, "on")?.tokens ?? [];
  const typed = clauseOf(query, "text")?.text;
  const max = Math.max(0, ...ownText.strongest);
  const choose = (chosen: number[]) => {
    const clause: Clause = { field: "on", tokens: chosen, negated: false };
    onChange(
      withParts(
        text,
        (c) => c.field === "on",
        chosen.length === 0 ? [] : [clause],
      ),
    );
  };
  return (
    <section className="card" aria-label="Tokens of your text">
      <p className="muted small">
        {on.length === 0
          ? "Ranked by the strongest activation on any token. Choose tokens to rank by the sum over them."
          : "Ranked by the sum over the chosen tokens."}{" "}
        Colour: the strongest activation on each, in quarters of{" "}
        {formatActivation(max)}.
      </p>
      <p className={tokens.tokens}>
        {ownText.tokens.map((token, i) => (
          <button
            key={i}
            type="button"
            className={tokens.token}
            data-step={activationStep(ownText.strongest[i] ?? 0, max)}
            aria-pressed={on.includes(i + 1)}
            title={`strongest activation ${formatActivation(ownText.strongest[i] ?? 0)}`}
            onClick={() => {
              choose(
                on.includes(i + 1)
                  ? on.filter((n) => n !== i + 1)
                  : [...on, i + 1].sort((a, b) => a - b),
              );
            }}
          >
            {visibleText(token.text) || "·"}
          </button>
        ))}
      </p>
      <p className={styles.links}>
        {on.length === 0 ? null : (
          <button
            type="button"
            onClick={() => {
              choose([]);
            }}
          >
            Count all tokens
          </button>
        )}
        {typed === undefined ? null : (
          <Link
            href={`/sae/${encodeURIComponent(saeId)}/text?${new URLSearchParams({ text: typed }).toString()}`}
          >
            Look at it token by token
          </Link>
        )}
      </p>
    </section>
  );
}

import type { Marked, SearchHit, Token } from "#lib/contract/index";
import { formatActivation, formatCount, formatPercent } from "./format";
import { TokenChip } from "./token-chip";
import { chipText, visibleText } from "./visible-text";
import styles from "./search-view.module.css";

interface SearchHitProps {
  hit: SearchHit;
  /** Tokens of one's own text, if one was run. */
  ownText: readonly Token[];
}

/** Why a feature was found. */
export function SearchHitLine({ hit, ownText }: SearchHitProps) {
  switch (hit.kind) {
    case "near":
    case "fires":
      return (
        <p className={styles.snippet}>
          <MarkedText parts={hit.snippet} />
          <span className={styles.why}>
            {hit.kind === "near" ? "near " : "on "}
            {hit.contexts} of its strongest
          </span>
        </p>
      );
    case "label":
      return (
        <p className={styles.why}>
          label: <MarkedText parts={hit.snippet} />
          {hit.labels > 1 ? ` and ${hit.labels - 1} more` : null}
        </p>
      );
    case "token":
      return (
        <p className={styles.why}>
          fires on <TokenChip token={hit.token} /> {formatCount(hit.firings)}{" "}
          {hit.firings === 1 ? "time" : "times"}, {formatPercent(hit.share, 0)}{" "}
          of its firings
        </p>
      );
    case "promotes":
    case "suppresses":
      return (
        <p className={styles.why}>
          {hit.kind === "promotes" ? "raises " : "lowers "}
          <TokenChip token={hit.token} /> by{" "}
          {formatActivation(Math.abs(hit.effect))} an activation of 1
        </p>
      );
    case "like":
      return (
        <p className={styles.why}>decoder cosine {hit.cosine.toFixed(3)}</p>
      );
    case "text": {
      const token = ownText[hit.at];
      return (
        <p className={styles.why}>
          {formatActivation(hit.max)} on{" "}
          <code>{token ? chipText(token) : `token ${hit.at + 1}`}</code>
          {hit.tokensFired > 1
            ? `, ${formatActivation(hit.sum)} over ${hit.tokensFired} tokens`
            : null}
        </p>
      );
    }
  }
}

/** Text with what was looked for marked, and the peak underlined. */
function MarkedText({ parts }: { parts: readonly Marked[] }) {
  return (
    <bdi>
      {parts.map(({ text, hit, peak }, i) => {
        const shown = visibleText(text);
        const peaked = peak ? (
          <span className={styles.peak} title="fires most strongly here">
            {shown}
          </span>
        ) : (
          shown
        );
        return hit ? (
          <mark key={i}>{peaked}</mark>
        ) : (
          <span key={i}>{peaked}</span>
        );
      })}
    </bdi>
  );
}

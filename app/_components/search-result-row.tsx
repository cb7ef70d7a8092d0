import Link from "next/link";
import type { SearchQuery, SearchResult } from "#lib/contract/index";
import { formatCount, formatPercent } from "./format";
import { TokenChips } from "./token-chip";
import { visibleText } from "./visible-text";
import styles from "./search-view.module.css";

interface SearchResultRowProps {
  saeId: string;
  kind: SearchQuery["kind"];
  result: SearchResult;
}

/** One feature that was found, and why. */
export function SearchResultRow({ saeId, kind, result }: SearchResultRowProps) {
  const { feature, matches, snippet } = result;
  return (
    <li className={styles.result}>
      <p className={styles.line}>
        <Link
          href={`/sae/${encodeURIComponent(saeId)}/feature/${feature.index}`}
          prefetch={false}
        >
          #{feature.index}
        </Link>
        {feature.label === null ? null : <strong>{feature.label}</strong>}
        <TokenChips tokens={feature.topTokens.slice(0, 5)} />
        <span className="muted small">
          {formatPercent(feature.density)} of tokens ·{" "}
          {matchText(kind, matches)}
        </span>
      </p>
      <p className={kind === "label" ? "" : styles.snippet}>
        {snippet.map(({ text, hit }, i) =>
          hit ? <mark key={i}>{visibleText(text)}</mark> : visibleText(text),
        )}
      </p>
    </li>
  );
}

function matchText(kind: SearchQuery["kind"], matches: number): string {
  const count = formatCount(matches);
  if (kind === "text") return `${count} of its contexts`;
  if (kind === "token") return `${count} firings on it`;
  return matches === 1 ? "1 label" : `${count} labels`;
}

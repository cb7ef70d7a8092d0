import Link from "next/link";
import type { SearchResult, Token } from "#lib/contract/index";
import { formatActivation, formatPercent } from "./format";
import { SearchHitLine } from "./search-hit";
import { TokenChips } from "./token-chip";
import styles from "./search-view.module.css";

interface SearchResultRowProps {
  saeId: string;
  result: SearchResult;
  /** Tokens of one's own text, if one was run. */
  ownText?: readonly Token[];
}

/** One feature that was found, and why. */
export function SearchResultRow(props: SearchResultRowProps) {
  const { saeId, result, ownText = [] } = props;
  const { feature, hits } = result;
  const labelled = hits.some((hit) => hit.kind === "label");
  return (
    <li className={styles.result}>
      <p className={styles.line}>
        <Link
          href={`/sae/${encodeURIComponent(saeId)}/feature/${feature.index}`}
          prefetch={false}
          data-result
        >
          #{feature.index}
        </Link>
        {/* A label that was found is shown with its match marked. */}
        {feature.label === null || labelled ? null : (
          <strong>{feature.label}</strong>
        )}
        <TokenChips tokens={feature.topTokens.slice(0, 5)} />
        <span className="muted small">
          {feature.firingCount === 0
            ? "dead"
            : `${formatPercent(feature.density)} of tokens · max ${formatActivation(feature.maxActivation)}`}
        </span>
      </p>
      {hits.map((hit, i) => (
        <SearchHitLine key={i} hit={hit} ownText={ownText} />
      ))}
    </li>
  );
}

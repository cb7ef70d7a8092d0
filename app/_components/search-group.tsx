import type { ReactNode } from "react";
import type { SearchGroup, Token } from "#lib/contract/index";
import { countText, groupName, PLACES } from "./search-places";
import { SearchResultRow } from "./search-result-row";
import styles from "./search-view.module.css";

interface SearchGroupViewProps {
  saeId: string;
  group: SearchGroup;
  ownText?: readonly Token[];
  /** To all of the group, or to its next page. */
  more?: ReactNode;
}

/** What was found in one place. */
export function SearchGroupView(props: SearchGroupViewProps) {
  const { saeId, group, ownText, more } = props;
  const place = group.in in PLACES ? group.in : undefined;
  return (
    <section className={styles.group} aria-label={groupName(group)}>
      <div className={styles.head}>
        <h2>{groupName(group)}</h2>
        <span className="muted small">
          {countText(group)}
          {place === undefined
            ? null
            : ` · ${PLACES[place as keyof typeof PLACES].explained}`}
        </span>
      </div>
      {group.expansions.map(({ typed, words }) =>
        words.length === 0 ? null : (
          <p key={typed} className="muted small">
            “{typed}” stands for {words.slice(0, 8).join(", ")}
            {words.length > 8 ? ` and ${words.length - 8} more` : ""}.
          </p>
        ),
      )}
      {group.results.length === 0 ? null : (
        <ol className={styles.results}>
          {group.results.map((result) => (
            <SearchResultRow
              key={result.feature.index}
              saeId={saeId}
              result={result}
              {...(ownText && { ownText })}
            />
          ))}
        </ol>
      )}
      {more}
    </section>
  );
}

import type { SearchGroup, SearchPage, SearchQuery } from "#lib/contract/index";
import { SearchGroupView } from "./search-group";
import { SearchOwnText } from "./search-own-text";
import { countText, groupName, PLACES } from "./search-places";
import styles from "./search-view.module.css";

interface SearchResultsProps {
  saeId: string;
  q: string;
  /** Of one search; undefined before the first answer. */
  pages: readonly SearchPage[] | undefined;
  busy: boolean;
  /** They are those of the search before. */
  stale: boolean;
  hasMore: boolean;
  onMore: () => void;
  onPlace: (place: SearchQuery["in"]) => void;
  onSearch: (q: string, place: SearchQuery["in"]) => void;
}

/** What a search found: a group a place. */
export function SearchResults(props: SearchResultsProps) {
  const { saeId, q, pages, busy, stale } = props;
  const [first] = pages ?? [];
  const groups = first === undefined ? [] : groupsOf(pages!);
  const found = groups.filter(({ total }) => total > 0);
  return (
    <>
      <p role="status" className="small muted">
        {first === undefined ? "Searching …" : statusText(first.q, groups)}
      </p>
      <div
        className={styles.groups}
        aria-busy={busy}
        data-stale={stale || undefined}
      >
        {first?.ownText ? (
          <SearchOwnText
            saeId={saeId}
            text={first.groups[0]?.q ?? q}
            ownText={first.ownText}
            onChange={(text) => {
              props.onSearch(text, "all");
            }}
          />
        ) : null}
        {found.map((group) => (
          <SearchGroupView
            key={group.in}
            saeId={saeId}
            group={group}
            {...(first?.ownText && { ownText: first.ownText.tokens })}
            more={more(group, groups.length, props)}
          />
        ))}
      </div>
    </>
  );
}

/** The groups with the results of all pages; only one group has more. */
function groupsOf(pages: readonly SearchPage[]): SearchGroup[] {
  const [first, ...next] = pages;
  return first!.groups.map((group) => ({
    ...group,
    results: [
      ...group.results,
      ...next.flatMap((page) => page.groups[0]?.results ?? []),
    ],
  }));
}

/** "3 features in labels, 1,204 in text." */
function statusText(q: string, groups: readonly SearchGroup[]): string {
  const found = groups.filter(({ total }) => total > 0);
  if (found.length === 0) return `Nothing found for ${q}`;
  return found
    .map((group) => `${groupName(group)}: ${countText(group)}`)
    .join(" · ");
}

function more(
  group: SearchGroup,
  groups: number,
  { busy, hasMore, onMore, onPlace, onSearch }: SearchResultsProps,
) {
  if (groups === 1) {
    if (!hasMore) return null;
    return (
      <button
        type="button"
        className={styles.more}
        disabled={busy}
        onClick={onMore}
      >
        Show more
      </button>
    );
  }
  if (group.total <= group.results.length) return null;
  return (
    <button
      type="button"
      className={styles.more}
      onClick={() => {
        if (group.in in PLACES) onPlace(group.in as keyof typeof PLACES);
        else onSearch(group.q, "all");
      }}
    >
      Show all {countText(group)}
    </button>
  );
}

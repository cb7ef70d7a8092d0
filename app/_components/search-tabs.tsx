import Link from "next/link";
import {
  SEARCH_PLACES,
  type SearchGroup,
  type SearchQuery,
} from "#lib/contract/index";
import { PLACES } from "./search-places";
import styles from "./search-view.module.css";

interface SearchTabsProps {
  q: string;
  chosen: SearchQuery["in"];
  /** The groups of the search in all places, for their counts. */
  groups: readonly SearchGroup[];
  onChoose: (place: SearchQuery["in"]) => void;
}

/** Where to look for the words: everywhere, or in one place. */
export function SearchTabs({ q, chosen, groups, onChoose }: SearchTabsProps) {
  return (
    <nav className={styles.tabs} aria-label="Where to look">
      {(["all", ...SEARCH_PLACES] as const).map((place) => {
        const group = groups.find((g) => g.in === place);
        return (
          <Link
            key={place}
            href={`?${new URLSearchParams(place === "all" ? { q } : { q, in: place }).toString()}`}
            replace
            scroll={false}
            prefetch={false}
            aria-current={place === chosen ? "page" : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onChoose(place);
            }}
          >
            {place === "all" ? "Everywhere" : PLACES[place].name}
            {group === undefined ? null : (
              <span className={styles.count}>
                {group.total.toLocaleString("en")}
                {group.capped ? "+" : ""}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

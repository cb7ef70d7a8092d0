import type { ReactNode } from "react";

interface ShowMoreProps {
  /** A query that comes in pages. */
  query: {
    hasNextPage: boolean;
    isFetching: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  /** What the button says. */
  children: ReactNode;
}

/** Loads a list's next page; nothing when there is none. */
export function ShowMore({ query, children }: ShowMoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <div>
      <button
        type="button"
        disabled={query.isFetching}
        onClick={() => void query.fetchNextPage()}
      >
        {children}
      </button>
    </div>
  );
}

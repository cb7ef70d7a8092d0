import type {
  InfiniteData,
  UseInfiniteQueryResult,
} from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ActivityPage } from "#lib/contract/index";
import { ActivityList } from "./activity-list";
import { ShowMore } from "./show-more";

interface ActivityPagesProps {
  query: UseInfiniteQueryResult<InfiniteData<ActivityPage>>;
  /** The page is about one feature: it need not be named. */
  ofFeature?: boolean | undefined;
  /** What is said where nothing happened. */
  none: ReactNode;
}

/** Events page by page, the newest first. */
export function ActivityPages({ query, ofFeature, none }: ActivityPagesProps) {
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <>
      {query.error ? <p role="alert">{query.error.message}</p> : null}
      {query.isLoading ? <p className="muted">Loading …</p> : null}
      {query.data && events.length === 0 ? none : null}
      {events.length === 0 ? null : (
        <ActivityList events={events} ofFeature={ofFeature} />
      )}
      <ShowMore query={query}>Show earlier</ShowMore>
    </>
  );
}

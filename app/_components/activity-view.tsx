"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { activityQuery } from "#app/_queries/activity";
import { ActivityFilterForm } from "./activity-filters";
import { ActivityList } from "./activity-list";
import { useUrlParams } from "./use-url-params";
import styles from "./activity.module.css";

interface ActivityViewProps {
  /** The SAEs there are. */
  saes: readonly string[];
  /** The person the page was asked for, as others see them. */
  person: { id: string; name: string } | null;
}

/** What people did, newest first; what of it is in the URL. */
export function ActivityView({ saes, person }: ActivityViewProps) {
  const [params, change] = useUrlParams();
  const named = (name: string) => params.get(name) ?? undefined;
  const scope = {
    sae: named("sae"),
    person: named("person"),
    noun: named("noun"),
  };
  const query = useInfiniteQuery(activityQuery(scope));
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <div className={styles.page}>
      <div>
        <h1>Activity</h1>
        <p className="muted">
          What people did with labels, votes, comments, flags, marks and lists,
          the newest first.
        </p>
      </div>
      <ActivityFilterForm
        saes={saes}
        scope={scope}
        known={[
          ...(person ? [person] : []),
          ...events.map(({ actor }) => actor),
        ]}
        onChange={change}
      />
      <section className={`card ${styles.section}`} aria-label="Events">
        {query.error ? <p role="alert">{query.error.message}</p> : null}
        {query.isLoading ? <p className="muted">Loading …</p> : null}
        {query.data && events.length === 0 ? (
          <p>
            {query.hasNextPage
              ? "Nothing of this kind among the newest events."
              : "Nothing of this kind happened yet."}
          </p>
        ) : null}
        {events.length === 0 ? null : <ActivityList events={events} />}
        {query.hasNextPage ? (
          <div>
            <button
              type="button"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              Show earlier
            </button>
          </div>
        ) : null}
      </section>
    </div>
  );
}

"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { activityQuery } from "#app/_queries/activity";
import { ActivityFilterForm } from "./activity-filters";
import { ActivityPages } from "./activity-pages";
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
        <ActivityPages
          query={query}
          none={
            <p>
              {query.hasNextPage
                ? "Nothing of this kind among the newest events."
                : "Nothing of this kind happened yet."}
            </p>
          }
        />
      </section>
    </div>
  );
}

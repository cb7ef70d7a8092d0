"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { activityQuery } from "#app/_queries/activity";
import { ActivityList } from "./activity-list";
import styles from "./activity.module.css";

interface FeatureActivityProps {
  saeId: string;
  feature: number;
}

/** What happened to one feature; asked for when it is opened. */
export function FeatureActivity({ saeId, feature }: FeatureActivityProps) {
  const [open, setOpen] = useState(false);
  const query = useInfiniteQuery({
    ...activityQuery({ sae: saeId, feature }),
    enabled: open,
  });
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <section className="card" aria-label="History of this feature">
      <details
        className={styles.details}
        onToggle={(event) => {
          setOpen(event.currentTarget.open);
        }}
      >
        <summary>
          <h2>Activity</h2>
        </summary>
        <div className={styles.section}>
          {query.error ? <p role="alert">{query.error.message}</p> : null}
          {query.isLoading ? <p className="muted">Loading …</p> : null}
          {query.data && events.length === 0 ? (
            <p className="muted">Nothing happened to it yet.</p>
          ) : null}
          {events.length === 0 ? null : (
            <ActivityList events={events} ofFeature />
          )}
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
        </div>
      </details>
    </section>
  );
}

"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { activityQuery } from "#app/_queries/activity";
import styles from "./activity.module.css";

// It comes when somebody opens it.
const ActivityPages = dynamic(() =>
  import("./activity-pages").then((m) => m.ActivityPages),
);

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
          {open ? (
            <ActivityPages
              query={query}
              ofFeature
              none={<p className="muted">Nothing happened to it yet.</p>}
            />
          ) : null}
        </div>
      </details>
    </section>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { featureQuery } from "#app/_queries/features";
import { ActivationHistogram } from "./activation-histogram";
import { ContextGroups } from "./context-groups";
import { featureHref } from "./feature-links";
import { TopTokens } from "./feature-tables";
import { compareToFirings } from "./firing-share";
import { formatOneIn, formatPercent } from "./format";
import { LogitEffects } from "./logit-effects";
import { ReadingArea } from "./reading-area";
import { CoFiring, Neighbours } from "./related-features";
import styles from "./queue-view.module.css";

interface QueueFeatureProps {
  saeId: string;
  index: number;
  /** It is the viewer's to label. */
  assigned: boolean;
  /** Where the answer is given. */
  children: ReactNode;
}

/** What one needs to see of a feature to say what it is. */
export function QueueFeature(props: QueueFeatureProps) {
  const { saeId, index, assigned, children } = props;
  const { data: feature, error } = useQuery(featureQuery(saeId, index));
  return (
    <ReadingArea
      describe={({ activation }) =>
        activation === undefined || !feature
          ? undefined
          : compareToFirings(
              feature.histogram,
              feature.maxActivation,
              activation,
            )
      }
    >
      <div className={styles.title}>
        <h2>Feature {index}</h2>
        <p className="muted small">
          {feature
            ? `Fires on ${formatOneIn(feature.density)} (${formatPercent(feature.density)}). `
            : null}
          {assigned ? "Assigned to you. " : null}
          <Link
            href={featureHref(saeId, index)}
            target="_blank"
            prefetch={false}
          >
            Its page
          </Link>
        </p>
      </div>
      <div className={styles.columns}>
        <div className={styles.side}>
          {children}
          {feature ? (
            <>
              <div className={`card ${styles.stack}`}>
                <ActivationHistogram feature={feature} />
                <TopTokens feature={feature} />
              </div>
              <div className={`card ${styles.stack}`}>
                <LogitEffects feature={feature} />
                <Neighbours feature={feature} />
                <CoFiring feature={feature} />
              </div>
            </>
          ) : null}
        </div>
        <div className={styles.main}>
          {error ? (
            <p role="alert" className={styles.alert}>
              {error.message}
            </p>
          ) : null}
          {feature ? <ContextGroups feature={feature} /> : null}
        </div>
      </div>
    </ReadingArea>
  );
}

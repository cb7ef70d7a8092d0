"use client";

import type { ExampleGroup, FeatureDetail } from "#lib/contract/index";
import { ContextBar } from "./context-bar";
import { ContextCard } from "./context-card";
import { ContextList } from "./context-list";
import { contextView } from "./context-view";
import { ContextsBetween } from "./contexts-between";
import { formatActivation } from "./format";
import { useUrlParams } from "./use-url-params";
import styles from "./context-groups.module.css";

const QUANTILE_NAMES: Record<string, string> = {
  q5: "Strongest fifth",
  q4: "Second fifth",
  q3: "Middle fifth",
  q2: "Fourth fifth",
  q1: "Weakest fifth",
};

/**
 * The contexts a feature fires in: those of a chosen range of activations, the
 * strongest, then samples of all. How they are drawn is in the URL.
 */
export function ContextGroups({ feature }: { feature: FeatureDetail }) {
  const [params, change] = useUrlParams();
  if (feature.groups.length === 0) return null;
  const view = contextView(params.get("view"));
  const breaks = params.has("breaks");
  const card = { max: feature.maxActivation, view, breaks };
  return (
    <section className={styles.section} aria-label="Contexts">
      <ContextBar
        {...card}
        onView={(chosen) => {
          change({ view: chosen === "snippet" ? null : chosen });
        }}
        onBreaks={(on) => {
          change({ breaks: on ? "1" : null });
        }}
      />
      <ContextsBetween feature={feature} card={card} />
      {orderGroups(feature.groups).map((group) => (
        <ContextList
          key={group.name}
          title={groupTitle(group)}
          explained={
            group.name === "top"
              ? `${group.examples.length} distinct contexts, strongest first`
              : `a sample of the tokens it fires on, activation ${formatActivation(group.min)} – ${formatActivation(group.max)}`
          }
        >
          {group.examples.map((example) => (
            <ContextCard
              key={`${example.sequence}:${example.peakPosition}`}
              example={example}
              group={group.name}
              {...card}
            />
          ))}
        </ContextList>
      ))}
    </section>
  );
}

/** Top first, then the fifths from strongest to weakest. */
function orderGroups(groups: ExampleGroup[]): ExampleGroup[] {
  const rank = (name: string) => (name === "top" ? 9 : Number(name.slice(1)));
  return groups.toSorted((a, b) => rank(b.name) - rank(a.name));
}

function groupTitle(group: ExampleGroup): string {
  return group.name === "top"
    ? "Top activations"
    : (QUANTILE_NAMES[group.name] ?? group.name);
}

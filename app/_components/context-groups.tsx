"use client";

import type { ReactNode } from "react";
import type { Example, ExampleGroup, FeatureDetail } from "#lib/contract/index";
import { ContextBar } from "./context-bar";
import { ContextCard } from "./context-card";
import { ContextList, type CardFeature } from "./context-list";
import { useContextTarget, type ContextTarget } from "./context-target";
import { contextLook, lookChange } from "./context-view";
import { ContextsBetween } from "./contexts-between";
import { groupHeading } from "./group-heading";
import { LinkedContext } from "./linked-context";
import { useUrlParams } from "./use-url-params";
import styles from "./context-groups.module.css";

interface ContextGroupsProps {
  feature: FeatureDetail;
  /** Why there are only the first contexts yet; null: all are there. */
  waiting?: ReactNode;
  onTry?: (text: string) => void;
}

/**
 * The contexts a feature fires in: one that the URL names, those of a chosen
 * range of activations, the strongest, then samples of all. How they are drawn
 * is in the URL.
 */
export function ContextGroups(props: ContextGroupsProps) {
  const { feature, waiting = null, onTry } = props;
  const [params, change] = useUrlParams();
  const target = useContextTarget();
  if (feature.groups.length === 0) return null;
  const look = contextLook(params);
  const card: CardFeature = {
    saeId: feature.saeId,
    index: feature.index,
    max: feature.maxActivation,
    onTry,
  };
  const stored = target && findTarget(feature.groups, target);
  return (
    <section className={styles.section} aria-label="Contexts">
      <ContextBar
        feature={feature}
        look={look}
        onLook={(chosen) => {
          change(lookChange(chosen));
        }}
      />
      {target && !stored && waiting === null ? (
        <LinkedContext feature={card} look={look} target={target} />
      ) : null}
      <ContextsBetween feature={card} look={look} target={target} />
      {orderGroups(feature.groups).map((group) => {
        const { title, explained } = groupHeading(group, feature);
        return (
          <ContextList key={group.name} title={title} explained={explained}>
            {group.examples.map((example) => (
              <ContextCard
                key={`${example.sequence}:${example.peakPosition}`}
                example={example}
                feature={card}
                group={group.name}
                look={look}
                target={example === stored ? target : null}
              />
            ))}
          </ContextList>
        );
      })}
      {waiting}
    </section>
  );
}

/** The stored context that a link names: by its peak, else by its sequence. */
function findTarget(
  groups: ExampleGroup[],
  { group, sequence, position }: ContextTarget,
): Example | undefined {
  const examples = groups.find((g) => g.name === group)?.examples ?? [];
  const same = examples.filter((e) => e.sequence === sequence);
  return same.find((e) => e.peakPosition === position) ?? same[0];
}

/** Top first, then the fifths from strongest to weakest. */
function orderGroups(groups: ExampleGroup[]): ExampleGroup[] {
  const rank = (name: string) => (name === "top" ? 9 : Number(name.slice(1)));
  return groups.toSorted((a, b) => rank(b.name) - rank(a.name));
}

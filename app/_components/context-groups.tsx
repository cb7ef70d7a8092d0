"use client";

import { useState } from "react";
import type { ExampleGroup, FeatureDetail } from "#lib/contract/index";
import { ActivationLegend } from "./activation-legend";
import { ContextCard } from "./context-card";
import { formatActivation } from "./format";
import styles from "./context-groups.module.css";

const QUANTILE_NAMES: Record<string, string> = {
  q5: "Strongest fifth",
  q4: "Second fifth",
  q3: "Middle fifth",
  q2: "Fourth fifth",
  q1: "Weakest fifth",
};

/** The contexts a feature fires in: the strongest, then samples of all. */
export function ContextGroups({ feature }: { feature: FeatureDetail }) {
  const [whole, setWhole] = useState(false);
  if (feature.groups.length === 0) return null;
  return (
    <section className={styles.section} aria-label="Contexts">
      <div className={styles.bar}>
        <ActivationLegend max={feature.maxActivation} />
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={whole}
            onChange={(event) => {
              setWhole(event.target.checked);
            }}
          />
          Whole sequences
        </label>
      </div>
      {orderGroups(feature.groups).map((group) => (
        <section key={group.name} aria-label={groupTitle(group)}>
          <h3 className={styles.title}>
            {groupTitle(group)}{" "}
            <span className="muted">
              {group.name === "top"
                ? `${group.examples.length} distinct contexts, strongest first`
                : `a sample of the tokens it fires on, activation ${formatActivation(group.min)} – ${formatActivation(group.max)}`}
            </span>
          </h3>
          <ol className={styles.list}>
            {group.examples.map((example) => (
              <ContextCard
                key={`${example.sequence}:${example.peakPosition}:${whole}`}
                example={example}
                max={feature.maxActivation}
                startWhole={whole}
              />
            ))}
          </ol>
        </section>
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

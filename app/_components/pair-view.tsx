"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { FeatureDetail } from "#lib/contract/index";
import {
  featurePairQuery,
  type PairView as Pair,
} from "#app/_queries/feature-pair";
import { featureQuery } from "#app/_queries/features";
import { ContextList } from "./context-list";
import { ContextCard } from "./context-card";
import { contextLook } from "./context-view";
import { formatActivation } from "./format";
import { LogitEffects } from "./logit-effects";
import { LogitHistogram } from "./logit-histogram";
import { PairContexts } from "./pair-contexts";
import { PairFacts } from "./pair-facts";
import { PairHeader } from "./pair-header";
import { PairHistogram } from "./pair-histogram";
import { PairStats } from "./pair-stats";
import { PairTokens } from "./pair-tokens";
import { ReadingArea } from "./reading-area";
import { useUrlParams } from "./use-url-params";
import styles from "./pair-view.module.css";

/** Top contexts of each that stand side by side. */
const TOP = 5;

/** Two features side by side: what they share and what sets them apart. */
export function PairView({ pair }: { pair: Pair }) {
  const { data: a } = useSuspenseQuery(featureQuery(pair.saeId, pair.a));
  const { data: b } = useSuspenseQuery(featureQuery(pair.other, pair.b));
  const { data: facts } = useSuspenseQuery(featurePairQuery(pair));
  const [params] = useUrlParams();
  const look = contextLook(params);
  const logits = logitDomain(a, b);
  const sides = [
    { side: "a" as const, feature: a },
    { side: "b" as const, feature: b },
  ];
  return (
    <ReadingArea className={styles.page}>
      <PairHeader pair={pair} a={a} b={b} />
      <PairFacts a={a} b={b} facts={facts} />
      <PairStats a={a} b={b} />
      <PairHistogram a={a} b={b} />
      <PairContexts pair={pair} a={a} b={b} />
      <PairTokens a={a} b={b} />
      <div className={styles.columns}>
        {sides.map(({ side, feature }) => (
          <section
            key={side}
            className={styles.column}
            aria-label={`Feature ${feature.index}`}
          >
            <div className={`card ${styles.stack}`}>
              <LogitEffects feature={feature} />
              <LogitHistogram
                histogram={feature.logitHistogram}
                domain={logits}
                series={side}
              />
            </div>
            <ContextList
              title={`Strongest contexts of ${feature.index}`}
              explained={`coloured by its own maximum, ${formatActivation(feature.maxActivation)}`}
            >
              {topOf(feature).map((example) => (
                <ContextCard
                  key={`${example.sequence}:${example.peakPosition}`}
                  example={example}
                  feature={{
                    saeId: feature.saeId,
                    index: feature.index,
                    max: feature.maxActivation,
                    linkPage: true,
                    reading: side,
                  }}
                  group={side === "a" ? "top" : "topb"}
                  look={look}
                />
              ))}
            </ContextList>
          </section>
        ))}
      </div>
    </ReadingArea>
  );
}

function topOf(feature: FeatureDetail) {
  const top = feature.groups.find((group) => group.name === "top");
  return top?.examples.slice(0, TOP) ?? [];
}

/** From the least to the largest effect of both. */
function logitDomain(a: FeatureDetail, b: FeatureDetail): [number, number] {
  const ends = [a.logitHistogram, b.logitHistogram].map(
    ({ min, binWidth, counts }) => [min, min + counts.length * binWidth],
  );
  return [
    Math.min(...ends.map(([min]) => min!)),
    Math.max(...ends.map(([, max]) => max!)),
  ];
}

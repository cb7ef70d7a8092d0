"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { featureQuery } from "#app/_queries/features";
import { ActivationHistogram } from "./activation-histogram";
import { ContextGroups } from "./context-groups";
import { EMBED_PARTS, featureHref, type EmbedPart } from "./feature-links";
import { TopTokens } from "./feature-tables";
import { compareToFirings } from "./firing-share";
import { formatOneIn, formatPercent } from "./format";
import { LogitEffects } from "./logit-effects";
import { LogitHistogram } from "./logit-histogram";
import { ReadingArea } from "./reading-area";
import { TryText } from "./try-text";
import { useTestText } from "./use-test-text";
import styles from "./feature-embed.module.css";

interface FeatureEmbedProps {
  saeId: string;
  index: number;
}

/** One feature in another site's frame: the parts that its address asks for. */
export function FeatureEmbed({ saeId, index }: FeatureEmbedProps) {
  const { data: feature } = useSuspenseQuery(featureQuery(saeId, index));
  const [text, setText] = useTestText();
  const shown = partsShown(useSearchParams().get("show"));
  const has = (...parts: EmbedPart[]) => parts.some((part) => shown.has(part));
  const dead = feature.firingCount === 0;
  return (
    <ReadingArea
      className={styles.embed}
      describe={({ activation }) =>
        activation === undefined
          ? undefined
          : compareToFirings(
              feature.histogram,
              feature.maxActivation,
              activation,
            )
      }
    >
      <div className={styles.head}>
        <h1>
          <a href={featureHref(saeId, index)} target="_blank" rel="noopener">
            Feature {index}
          </a>{" "}
          <span className="muted">of {saeId}</span>
        </h1>
        <p className="muted small">
          {dead
            ? "Never fired."
            : `Fires on ${formatOneIn(feature.density)} (${formatPercent(feature.density)}).`}
        </p>
      </div>
      {has("label") && feature.labels[0] ? (
        <p className={styles.label}>{feature.labels[0].text}</p>
      ) : null}
      {has("test") ? (
        <TryText
          saeId={saeId}
          feature={index}
          max={feature.maxActivation}
          text={text}
          onText={setText}
        />
      ) : null}
      {has("tokens", "histogram", "logits") ? (
        <div className={styles.parts}>
          {has("histogram") && !dead ? (
            <ActivationHistogram feature={feature} />
          ) : null}
          {has("tokens") && !dead ? <TopTokens feature={feature} /> : null}
          {has("logits") ? (
            <div className={styles.stack}>
              <LogitEffects feature={feature} />
              <LogitHistogram histogram={feature.logitHistogram} />
            </div>
          ) : null}
        </div>
      ) : null}
      {has("contexts") ? <ContextGroups feature={feature} /> : null}
    </ReadingArea>
  );
}

/** "contexts,logits" → those parts; nothing, or nothing known: all. */
export function partsShown(show: string | null): ReadonlySet<EmbedPart> {
  const asked = (show ?? "").split(",");
  const known = EMBED_PARTS.filter((part) => asked.includes(part));
  return new Set(known.length === 0 ? EMBED_PARTS : known);
}

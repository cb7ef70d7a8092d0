"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FeatureDetail } from "#lib/contract/index";
import { featureQuery } from "#app/_queries/features";
import { ContextGroups } from "./context-groups";
import { FeaturePlaces } from "./feature-places";
import { FeatureStats } from "./feature-stats";
import { TopTokens } from "./feature-tables";
import { formatCount, formatOneIn, formatPercent } from "./format";
import { KeyHelp } from "./key-help";
import { LabelPanel } from "./label-panel";
import { LogitEffects } from "./logit-effects";
import { CoFiring, Neighbours } from "./related-features";
import { TryText } from "./try-text";
import { useHotkey } from "./use-hotkey";
import styles from "./feature-view.module.css";

// The plots bring recharts along: after the text, not before it.
const ActivationHistogram = dynamic(
  () => import("./activation-histogram").then((m) => m.ActivationHistogram),
  { ssr: false, loading: () => <div style={{ height: 254 }} /> },
);

const LogitHistogram = dynamic(
  () => import("./logit-histogram").then((m) => m.LogitHistogram),
  { ssr: false, loading: () => <div style={{ height: 214 }} /> },
);

interface FeatureViewProps {
  saeId: string;
  index: number;
}

/** One feature: what makes it fire, what it does, what people call it. */
export function FeatureView({ saeId, index }: FeatureViewProps) {
  const { data: feature } = useSuspenseQuery(featureQuery(saeId, index));
  const dead = feature.firingCount === 0;
  return (
    <>
      <FeatureHeader feature={feature} />
      <div className={styles.columns}>
        <div className={styles.side}>
          <LabelPanel saeId={saeId} feature={index} labels={feature.labels} />
          {dead ? null : (
            <div className={`card ${styles.stack}`}>
              <FeatureStats feature={feature} />
              <ActivationHistogram feature={feature} />
              <TopTokens feature={feature} />
            </div>
          )}
          <div className={`card ${styles.stack}`}>
            <LogitEffects feature={feature} />
            <LogitHistogram histogram={feature.logitHistogram} />
            <Neighbours feature={feature} />
            {dead ? null : <CoFiring feature={feature} />}
          </div>
          {dead ? null : (
            <div className="card">
              <FeaturePlaces feature={feature} />
            </div>
          )}
        </div>
        <div className={styles.main}>
          {dead ? <DeadNotice tokens={feature.tokens} /> : null}
          <TryText saeId={saeId} feature={index} max={feature.maxActivation} />
          <ContextGroups feature={feature} />
        </div>
      </div>
    </>
  );
}

function FeatureHeader({ feature }: { feature: FeatureDetail }) {
  const router = useRouter();
  const base = `/sae/${encodeURIComponent(feature.saeId)}`;
  const links = {
    previous:
      feature.previous === null ? null : `${base}/feature/${feature.previous}`,
    next: feature.next === null ? null : `${base}/feature/${feature.next}`,
    random: `${base}/random`,
  };
  const go = (href: string | null) => () => {
    if (href !== null) router.push(href);
  };
  useHotkey("j", go(links.next));
  useHotkey("ArrowRight", go(links.next));
  useHotkey("k", go(links.previous));
  useHotkey("ArrowLeft", go(links.previous));
  useHotkey("r", go(links.random));
  return (
    <div className={styles.header}>
      <div>
        <p className="small">
          <Link href={base}>{feature.saeId}</Link>
        </p>
        <h1>Feature {feature.index}</h1>
        <p className="muted">{densitySentence(feature)}</p>
      </div>
      <nav className={styles.nav} aria-label="Other features">
        {links.previous === null ? null : (
          <Link
            className="button"
            href={links.previous}
            title="Previous live feature (k)"
            prefetch={false}
          >
            ← Previous
          </Link>
        )}
        {links.next === null ? null : (
          <Link
            className="button"
            href={links.next}
            title="Next live feature (j)"
          >
            Next →
          </Link>
        )}
        <Link
          className="button"
          href={links.random}
          title="Random live feature (r)"
          prefetch={false}
        >
          Random
        </Link>
        <KeyHelp />
      </nav>
    </div>
  );
}

/** "Fires on 1 in 830 tokens (0.12 %), more often than 63 % of live features." */
function densitySentence(feature: FeatureDetail): string {
  if (feature.firingCount === 0) {
    return `Never fired on ${formatCount(feature.tokens)} tokens.`;
  }
  const often =
    feature.densityPercentile === null
      ? ""
      : `, more often than ${formatPercent(feature.densityPercentile, 0)} of live features`;
  return `Fires on ${formatOneIn(feature.density)} (${formatPercent(feature.density)})${often}.`;
}

function DeadNotice({ tokens }: { tokens: number }) {
  return (
    <div className="card" role="note">
      <h2>This feature is dead</h2>
      <p>
        It did not fire once on the {formatCount(tokens)} indexed tokens, so
        there are no contexts to show. Its direction still has neighbours and
        effects on the next token; text of your own may wake it.
      </p>
    </div>
  );
}

"use client";

import {
  useSuspenseQuery,
  type UseSuspenseQueryResult,
} from "@tanstack/react-query";
import type { FeatureDetail } from "#lib/contract/index";
import { featureQuery, isFirstPart } from "#app/_queries/features";
import { ActivationHistogram } from "./activation-histogram";
import { CommentPanel } from "./comment-panel";
import { ContextGroups } from "./context-groups";
import { FeatureActivity } from "./feature-activity";
import { FeatureHeader } from "./feature-header";
import { FeatureMeasured } from "./feature-measured";
import { FeaturePlaces } from "./feature-places";
import { FeatureStats } from "./feature-stats";
import { TopTokens } from "./feature-tables";
import { compareToFirings } from "./firing-share";
import { formatCount } from "./format";
import { LabelPanel } from "./label-panel";
import { LogitEffects } from "./logit-effects";
import { LogitHistogram } from "./logit-histogram";
import { OpinionPanel } from "./opinion-panel";
import { ReadingArea } from "./reading-area";
import { CoFiring, Neighbours } from "./related-features";
import { TryText } from "./try-text";
import { useSecondPass } from "./use-second-pass";
import { useTestText } from "./use-test-text";
import styles from "./feature-view.module.css";

interface FeatureViewProps {
  saeId: string;
  index: number;
}

/** One feature: what makes it fire, what it does, what people call it. */
export function FeatureView({ saeId, index }: FeatureViewProps) {
  const query = useSuspenseQuery(featureQuery(saeId, index));
  const feature = query.data;
  const [text, setText] = useTestText();
  const dead = feature.firingCount === 0;
  const whole = useSecondPass();
  return (
    <ReadingArea
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
      <FeatureHeader feature={feature} />
      <div className={styles.columns}>
        <div className={styles.side}>
          <div className={styles.said}>
            <LabelPanel saeId={saeId} feature={index} />
            <OpinionPanel saeId={saeId} feature={index} />
          </div>
          <CommentPanel saeId={saeId} feature={index} />
          <FeatureActivity saeId={saeId} feature={index} />
          {whole ? <Figures feature={feature} /> : null}
        </div>
        <div className={styles.main}>
          {dead ? <DeadNotice tokens={feature.tokens} /> : null}
          <TryText
            saeId={saeId}
            feature={index}
            max={feature.maxActivation}
            text={text}
            onText={setText}
          />
          <ContextGroups
            feature={feature}
            waiting={
              isFirstPart(query) ? <OtherContexts query={query} /> : null
            }
            onTry={(chosen) => {
              setText(chosen);
              document.getElementById("try")?.scrollIntoView();
            }}
          />
        </div>
      </div>
      {whole ? (
        <FeatureMeasured
          measured={feature.measured}
          saeHash={feature.saeHash}
        />
      ) : null}
    </ReadingArea>
  );
}

/** What comes after the page's own first part. */
function OtherContexts({ query }: { query: UseSuspenseQueryResult }) {
  if (query.error === null) {
    return (
      <p className="muted" role="status">
        Loading the other contexts …
      </p>
    );
  }
  return (
    <p role="alert">
      {query.error.message}{" "}
      <button type="button" onClick={() => void query.refetch()}>
        Try again
      </button>
    </p>
  );
}

/** What it does and where, in numbers. */
function Figures({ feature }: { feature: FeatureDetail }) {
  const dead = feature.firingCount === 0;
  return (
    <>
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
    </>
  );
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

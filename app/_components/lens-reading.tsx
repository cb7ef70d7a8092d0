"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { featureRowsQuery } from "#app/_queries/feature-list";
import {
  lensLossesQuery,
  type LensPredictions,
  type LensText,
} from "#app/_queries/lens";
import { formatActivation, formatCount, formatPercent } from "./format";
import { LensExport } from "./lens-export";
import { LensFeatures } from "./lens-features";
import { LensNextToken } from "./lens-next-token";
import { meanOf } from "./lens-numbers";
import { paint } from "./lens-painting";
import { LensTokenPanel } from "./lens-token-panel";
import { LensTokens } from "./lens-tokens";
import { LensToolbar } from "./lens-toolbar";
import { StatList, type Stat } from "./stat-list";
import { useLensState } from "./use-lens-state";
import { useTokenAnswer } from "./use-token-answer";
import styles from "./lens-view.module.css";

interface LensReadingProps {
  saeId: string;
  text: string;
  lens: LensText;
}

/** A text that was read: its tokens in colour, the chosen one, its features. */
export function LensReading({ saeId, text, lens }: LensReadingProps) {
  const state = useLensState(lens.tokens.length);
  const { by, feature, token, choose, colourBy } = state;
  const losses = useQuery(lensLossesQuery(saeId, text));
  const asked = useTokenAnswer(saeId, text, state);
  const rows = useQuery(
    featureRowsQuery(
      saeId,
      by === "feature" && feature !== null ? [feature] : [],
    ),
  );
  const featureMax = rows.data?.features[0]?.maxActivation ?? 0;
  const unknown =
    rows.data?.features.length === 0
      ? `This SAE has no feature ${feature}.`
      : undefined;
  const painting = useMemo(
    () =>
      unknown === undefined
        ? paint(by, { lens, losses: losses.data, feature, featureMax })
        : undefined,
    [by, lens, losses.data, feature, featureMax, unknown],
  );
  return (
    <>
      <StatList stats={textStats(lens, losses.data)} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <section className="card" aria-label="Tokens">
            <LensToolbar
              by={by}
              feature={feature}
              painting={painting}
              refusal={unknown ?? losses.error?.message}
              onColourBy={colourBy}
            />
            <LensTokens
              tokens={lens.tokens}
              windows={lens.windows}
              painting={painting}
              chosen={token}
              onChoose={choose}
            />
            <p className="muted small">
              <WindowsNote lens={lens} /> Arrow keys walk along the tokens.
            </p>
            <LensExport lens={lens} losses={losses.data} />
          </section>
          <LensNextToken
            asked={asked}
            token={lens.tokens[token]!}
            next={lens.tokens[token + 1]}
            likely={losses.data?.top(token)}
            state={state}
          />
          <LensFeatures saeId={saeId} lens={lens} state={state} />
        </div>
        <LensTokenPanel
          saeId={saeId}
          lens={lens}
          losses={losses.data}
          asked={asked}
          state={state}
        />
      </div>
    </>
  );
}

function WindowsNote({ lens }: { lens: LensText }) {
  const { windows, contextSize } = lens;
  if (windows.length === 1) {
    return <>Read in one context of up to {contextSize} tokens.</>;
  }
  const least = Math.min(...windows.slice(1).map((w) => w.from - w.start));
  return (
    <>
      Read in {windows.length} overlapping contexts of {contextSize} tokens, the
      size the SAE was trained on. After each <span aria-label="mark">┊</span>{" "}
      another context answers; it begins at least {least} tokens earlier.
    </>
  );
}

function textStats(
  lens: LensText,
  losses: LensPredictions | undefined,
): Stat[] {
  const nats = (values: Float32Array | undefined) =>
    values === undefined ? "…" : `${formatActivation(meanOf(values))} nats`;
  return [
    {
      name: "Tokens",
      value: formatCount(lens.tokens.length),
      meaning:
        "GPT-2 tokens of the text; BOS, which is read first, not counted",
    },
    {
      name: "Unexplained",
      value: formatPercent(lens.unexplained),
      meaning:
        "Squared reconstruction error over squared distance from the mean activation, both summed over the text",
    },
    {
      name: "Mean L0",
      value: formatActivation(meanOf(lens.l0)),
      meaning: "Active features per token",
    },
    {
      name: "Loss",
      value: nats(losses?.ce),
      meaning: "Mean cross-entropy of the next token, the model as it is",
    },
    {
      name: "With the SAE",
      value: nats(losses?.ceSpliced),
      meaning:
        "The same with the SAE's reconstruction in place of the activations",
    },
    {
      name: "Server time",
      value: `${Math.round(lens.milliseconds)} ms`,
      meaning: `Features and errors; losses took ${losses ? `${Math.round(losses.milliseconds)} ms` : "…"} more`,
    },
  ];
}

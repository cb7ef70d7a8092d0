"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import type { Example } from "#lib/contract/index";
import { ContextActions } from "./context-actions";
import { contextAnchor, type ContextTarget } from "./context-target";
import { contextWindow, CONTEXT_VIEWS, type ContextLook } from "./context-view";
import type { CardFeature } from "./context-list";
import { denseValues } from "./dense-values";
import { exampleTokens } from "./example-tokens";
import { formatActivation, formatCount } from "./format";
import { TokenStrip } from "./token-strip";
import { useShowTarget } from "./use-show-target";
import styles from "./context-card.module.css";

// Few ask for it; it comes when they do.
const ContextEffect = dynamic(() =>
  import("./context-effect").then((m) => m.ContextEffect),
);

interface ContextCardProps {
  example: Example & { partial?: boolean };
  feature: CardFeature;
  /** The group it is shown in; with sequence and token a permalink. */
  group: string;
  look: ContextLook;
  /** The token that the URL names, if it is one of this context's. */
  target?: ContextTarget | null | undefined;
}

/** One context: around its peak, in line with the others, or the whole sequence. */
export function ContextCard(props: ContextCardProps) {
  const { example, feature, group, look } = props;
  const { peakPosition, document } = example;
  const tokens = useMemo(() => exampleTokens(example), [example]);
  const position = props.target?.position;
  const [opened, setOpened] = useState(false);
  const [effect, setEffect] = useState(false);
  const drawn = contextWindow(look, tokens.length, peakPosition);
  // A link may name a token that the chosen view leaves out.
  const outside =
    position !== undefined && (position < drawn.from || position >= drawn.to);
  const view = opened || outside ? "whole" : look.view;
  const whole = view === "whole";
  const { from, to } = whole
    ? contextWindow(CONTEXT_VIEWS.whole, tokens.length, peakPosition)
    : drawn;
  const values = useMemo(
    () => denseValues(tokens.length, example),
    [tokens, example],
  );
  const anchor = contextAnchor(group, example.sequence);
  useShowTarget(position === undefined ? null : `${anchor}-${position}`);
  const strip = {
    tokens,
    values,
    max: feature.max,
    peak: peakPosition,
    target: position,
    anchor,
    reading: feature.reading,
  };
  return (
    <li className={styles.card} data-view={view}>
      <button
        type="button"
        data-kind="quiet"
        className={styles.value}
        aria-expanded={whole}
        aria-label={`Activation ${formatActivation(example.peakValue)}; ${whole ? "show less" : "show the whole sequence"}`}
        title={whole ? "Show less" : "Show the whole sequence"}
        disabled={look.view === "whole"}
        onClick={() => {
          setOpened(!whole);
        }}
      >
        {formatActivation(example.peakValue)}
      </button>
      {view === "stack" ? (
        <div className={styles.stacked}>
          <span className={styles.before}>
            <TokenStrip {...strip} from={from} to={peakPosition} />
          </span>
          <span className={styles.after}>
            <TokenStrip {...strip} from={peakPosition} to={to} />
          </span>
        </div>
      ) : (
        <div className={styles.text}>
          {from > 1 ? <span className="muted">… </span> : null}
          <TokenStrip {...strip} from={from} to={to} breaks={look.breaks} />
          {to < tokens.length ? <span className="muted"> …</span> : null}
          <p className={styles.source}>
            {document.title}, token {formatCount(document.tokenOffset)}
            {example.partial
              ? "; only this token's activation is stored"
              : null}
          </p>
        </div>
      )}
      <ContextActions
        example={example}
        feature={feature}
        anchor={`${anchor}-${position ?? peakPosition}`}
        from={from}
        to={to}
        onEffect={() => {
          setEffect(true);
        }}
      />
      {effect ? (
        <ContextEffect
          feature={feature}
          sequence={example.sequence}
          onClose={() => {
            setEffect(false);
          }}
        />
      ) : null}
    </li>
  );
}

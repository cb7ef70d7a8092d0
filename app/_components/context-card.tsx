"use client";

import { useMemo, useState } from "react";
import type { Example } from "#lib/contract/index";
import { contextWindow, type ContextView } from "./context-view";
import { formatActivation, formatCount } from "./format";
import { TokenStrip } from "./token-strip";
import styles from "./context-card.module.css";

interface ContextCardProps {
  example: Example & { partial?: boolean };
  /** The group it is shown in; with sequence and token a permalink. */
  group: string;
  /** The feature's maximum: what colours are relative to. */
  max: number;
  view: ContextView;
  breaks: boolean;
}

/** One context: around its peak, in line with the others, or the whole sequence. */
export function ContextCard(props: ContextCardProps) {
  const { example, group, max, breaks } = props;
  const [opened, setOpened] = useState(false);
  const { tokens, peakPosition, document } = example;
  const view = opened ? "whole" : props.view;
  const whole = view === "whole";
  const values = useMemo(() => {
    const dense = new Float32Array(tokens.length);
    example.positions.forEach((position, i) => {
      dense[position] = example.values[i]!;
    });
    return dense;
  }, [example, tokens.length]);
  const { from, to } = contextWindow(view, tokens.length, peakPosition);
  const strip = {
    tokens,
    values,
    max,
    peak: peakPosition,
    anchor: `${group}-${example.sequence}`,
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
        disabled={props.view === "whole"}
        onClick={() => {
          setOpened(!opened);
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
          <TokenStrip {...strip} from={from} to={to} breaks={breaks} />
          {to < tokens.length ? <span className="muted"> …</span> : null}
          <p className={styles.source}>
            {document.title}, token {formatCount(document.tokenOffset)}
            {example.partial
              ? "; only this token's activation is stored"
              : null}
          </p>
        </div>
      )}
    </li>
  );
}

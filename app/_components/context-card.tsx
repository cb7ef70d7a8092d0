"use client";

import { useMemo, useState } from "react";
import type { Example } from "#lib/contract/index";
import { formatActivation, formatCount } from "./format";
import { TokenStrip } from "./token-strip";
import styles from "./context-card.module.css";

/** Tokens of a snippet before and after its peak. */
const BEFORE = 22;
const AFTER = 10;

interface ContextCardProps {
  example: Example;
  /** The feature's maximum: what colours are relative to. */
  max: number;
  startWhole: boolean;
}

/** One context: a snippet around its peak, or the whole sequence. */
export function ContextCard({ example, max, startWhole }: ContextCardProps) {
  const [whole, setWhole] = useState(startWhole);
  const { tokens, peakPosition, document } = example;
  const values = useMemo(() => {
    const dense = new Float32Array(tokens.length);
    example.positions.forEach((position, i) => {
      dense[position] = example.values[i]!;
    });
    return dense;
  }, [example, tokens.length]);
  // Position 0 is BOS, which is never shown.
  const from = whole ? 1 : Math.max(1, peakPosition - BEFORE);
  const to = whole
    ? tokens.length
    : Math.min(tokens.length, peakPosition + AFTER + 1);
  return (
    <li className={styles.card}>
      <button
        type="button"
        data-kind="quiet"
        className={styles.value}
        aria-expanded={whole}
        aria-label={`Activation ${formatActivation(example.peakValue)}; ${whole ? "show less" : "show the whole sequence"}`}
        title={whole ? "Show less" : "Show the whole sequence"}
        onClick={() => {
          setWhole(!whole);
        }}
      >
        {formatActivation(example.peakValue)}
      </button>
      <div className={styles.text}>
        {from > 1 ? <span className="muted">… </span> : null}
        <TokenStrip
          tokens={tokens}
          values={values}
          max={max}
          from={from}
          to={to}
          peak={peakPosition}
        />
        {to < tokens.length ? <span className="muted"> …</span> : null}
        <p className={styles.source}>
          {document.title}, token {formatCount(document.tokenOffset)}
        </p>
      </div>
    </li>
  );
}

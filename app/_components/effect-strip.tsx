"use client";

import type { KeyboardEvent } from "react";
import type { ContextEffect } from "#lib/contract/index";
import { visibleText } from "./visible-text";
import styles from "./context-effect.module.css";

const BOS = 50_256;

interface EffectStripProps {
  effect: ContextEffect;
  /** The largest change of a loss: what the colours are relative to. */
  most: number;
  chosen: number;
  onChoose: (position: number) => void;
}

/**
 * Tokens coloured by what the feature does to the prediction of the next one:
 * a solid line below where it helps, a dashed one where it hurts. ← and → walk
 * along all tokens from the first on which it fires.
 */
export function EffectStrip(props: EffectStripProps) {
  const { effect, most, chosen, onChoose } = props;
  const first = effect.values.findIndex((value) => value > 0);
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.findIndex((b) => b === document.activeElement);
    const next = buttons[at + step];
    next?.focus();
    next?.click();
  };
  return (
    <div
      className={styles.strip}
      role="group"
      aria-label="Tokens by what the feature does to the next one"
      onKeyDown={walk}
    >
      {effect.tokens.map((token, i) => {
        const text = visibleText(token.text) || "·";
        if (i === 0) return null;
        if (token.id === BOS) return <span key={i}> ‖ </span>;
        if (i < first) return text;
        const change = effect.lossChange[i] ?? 0;
        return (
          <button
            key={i}
            type="button"
            className={styles.token}
            tabIndex={i === chosen ? 0 : -1}
            aria-pressed={i === chosen}
            data-fires={effect.values[i]! > 0 || undefined}
            data-step={step(change, most) || undefined}
            data-sign={change > 0 ? "helps" : "hurts"}
            data-value={`${change > 0 ? "+" : "−"}${Math.abs(change).toFixed(4)} nats`}
            onClick={() => {
              onChoose(i);
            }}
          >
            {text}
          </button>
        );
      })}
    </div>
  );
}

/** 0: no change to speak of; 1 … 3 by thirds of the largest. */
function step(change: number, most: number): number {
  const share = Math.abs(change) / (most || 1);
  return share < 0.02 ? 0 : Math.min(3, Math.ceil(3 * share));
}

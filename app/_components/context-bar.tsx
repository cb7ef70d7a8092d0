"use client";

import type { FeatureDetail } from "#lib/contract/index";
import { ActivationLegend } from "./activation-legend";
import {
  CONTEXT_VIEWS,
  WINDOW_MAX,
  type ContextLook,
  type ContextView,
} from "./context-view";
import { MiniHistogram } from "./mini-histogram";
import styles from "./context-groups.module.css";

interface ContextBarProps {
  feature: Pick<FeatureDetail, "histogram" | "maxActivation">;
  look: ContextLook;
  onLook: (look: Partial<ContextLook>) => void;
}

/** The colours' meaning, and how contexts are drawn; stays in sight. */
export function ContextBar({ feature, look, onLook }: ContextBarProps) {
  return (
    <div className={styles.bar}>
      <ActivationLegend max={feature.maxActivation} />
      <MiniHistogram feature={feature} />
      <div className={styles.switches}>
        <fieldset className={styles.views}>
          <legend className="visually-hidden">Contexts as</legend>
          {Object.entries(CONTEXT_VIEWS).map(([value, { name }]) => (
            <label key={value} className={styles.view}>
              <input
                type="radio"
                name="context-view"
                checked={value === look.view}
                onChange={() => {
                  onLook({ view: value as ContextView });
                }}
              />
              {name}
            </label>
          ))}
        </fieldset>
        {look.view === "window" ? (
          <span className={styles.sizes}>
            <Size
              name="before"
              value={look.before}
              onChange={(before) => {
                onLook({ before });
              }}
            />
            <Size
              name="after"
              value={look.after}
              onChange={(after) => {
                onLook({ after });
              }}
            />
          </span>
        ) : null}
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={look.breaks}
            onChange={(event) => {
              onLook({ breaks: event.target.checked });
            }}
          />
          Line breaks
        </label>
      </div>
    </div>
  );
}

interface SizeProps {
  name: "before" | "after";
  value: number;
  onChange: (value: number) => void;
}

/** How many tokens on one side of the peak. */
function Size({ name, value, onChange }: SizeProps) {
  return (
    <label>
      <input
        type="number"
        min={0}
        max={WINDOW_MAX}
        value={value}
        aria-label={`Tokens ${name} the peak`}
        onChange={(event) => {
          const { valueAsNumber: tokens } = event.target;
          if (tokens >= 0 && tokens <= WINDOW_MAX) onChange(Math.round(tokens));
        }}
      />
      {name}
    </label>
  );
}

"use client";

import { ActivationLegend } from "./activation-legend";
import { CONTEXT_VIEWS, type ContextView } from "./context-view";
import styles from "./context-groups.module.css";

interface ContextBarProps {
  max: number;
  view: ContextView;
  breaks: boolean;
  onView: (view: ContextView) => void;
  onBreaks: (breaks: boolean) => void;
}

/** The colours' meaning, and how contexts are drawn. */
export function ContextBar(props: ContextBarProps) {
  const { max, view, breaks, onView, onBreaks } = props;
  return (
    <div className={styles.bar}>
      <ActivationLegend max={max} />
      <div className={styles.switches}>
        <fieldset className={styles.views}>
          <legend className="visually-hidden">Contexts as</legend>
          {Object.entries(CONTEXT_VIEWS).map(([value, { name }]) => (
            <label key={value} className={styles.view}>
              <input
                type="radio"
                name="context-view"
                checked={value === view}
                onChange={() => {
                  onView(value as ContextView);
                }}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={breaks}
            onChange={(event) => {
              onBreaks(event.target.checked);
            }}
          />
          Line breaks
        </label>
      </div>
    </div>
  );
}

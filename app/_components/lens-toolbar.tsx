"use client";

import {
  COLOURING_NAMES,
  COLOURINGS,
  type Colouring,
  type Painting,
} from "./lens-painting";
import { wholeNumber } from "./use-lens-state";
import styles from "./lens-tokens.module.css";

interface LensToolbarProps {
  by: Colouring;
  feature: number | null;
  painting: Painting | undefined;
  /** Why there is nothing to colour by. */
  refusal: string | undefined;
  onColourBy: (by: Colouring, feature?: number) => void;
}

/** What the text is coloured by, and what the colours mean in numbers. */
export function LensToolbar(props: LensToolbarProps) {
  const { by, feature, painting, refusal, onColourBy } = props;
  return (
    <div className={styles.toolbar}>
      <div className={styles.choice}>
        <label>
          Colour by{" "}
          <select
            value={by}
            onChange={(event) => {
              onColourBy(event.target.value as Colouring);
            }}
          >
            {COLOURINGS.map((name) => (
              <option key={name} value={name}>
                {COLOURING_NAMES[name]}
              </option>
            ))}
          </select>
        </label>
        {by === "feature" ? (
          <label>
            Feature number{" "}
            <input
              key={feature}
              inputMode="numeric"
              size={8}
              defaultValue={feature ?? ""}
              onKeyDown={(event) => {
                if (event.key === "Enter") event.currentTarget.blur();
              }}
              onBlur={(event) => {
                const typed = event.target.value.replace("#", "").trim();
                const number = wholeNumber(typed, 99_999_999);
                if (number !== undefined && number !== feature) {
                  onColourBy("feature", number);
                }
              }}
            />
          </label>
        ) : null}
      </div>
      {painting === undefined ? (
        <p className="muted small" role="status">
          {refusal ?? "Computing losses …"}
        </p>
      ) : (
        <>
          {painting.legend.length > 0 ? (
            <ul className={styles.legend} aria-label="Colours">
              {painting.legend.map(({ step, text }) => (
                <li key={step} className={styles.swatch} data-step={step}>
                  {text}
                </li>
              ))}
            </ul>
          ) : null}
          <p className="muted small">{painting.note}</p>
        </>
      )}
    </div>
  );
}

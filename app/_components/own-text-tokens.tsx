"use client";

import type { OwnTextResponse } from "#lib/contract/index";
import { activationStep } from "./activation";
import { formatActivation } from "./format";
import { visibleText } from "./visible-text";
import styles from "./own-text-view.module.css";

interface OwnTextTokensProps {
  data: OwnTextResponse;
  chosen: number;
  onChoose: (token: number) => void;
}

/** The text as buttons, coloured by each token's strongest activation. */
export function OwnTextTokens({ data, chosen, onChoose }: OwnTextTokensProps) {
  const strongest = data.perToken.map((features) => features[0]?.value ?? 0);
  const max = Math.max(...strongest, 0);
  return (
    <section className="card" aria-label="Tokens">
      <p className="muted small">
        Choose a token. Colour: its strongest activation, in quarters of{" "}
        {formatActivation(max)}.
      </p>
      <p className={styles.tokens}>
        {data.tokens.map((token, i) => (
          <button
            key={i}
            type="button"
            className={styles.token}
            data-step={activationStep(strongest[i]!, max)}
            aria-pressed={i === chosen}
            title={`strongest activation ${formatActivation(strongest[i]!)}`}
            onClick={() => {
              onChoose(i);
            }}
          >
            {visibleText(token.text) || "·"}
          </button>
        ))}
      </p>
    </section>
  );
}

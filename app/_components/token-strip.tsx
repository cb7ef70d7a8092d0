import type { Token } from "#lib/contract/index";
import { activationStep } from "./activation";
import { formatActivation } from "./format";
import { visibleText } from "./visible-text";
import styles from "./token-strip.module.css";

/** Stands between documents, is never measured, and is not text. */
const BOS = 50_256;

interface TokenStripProps {
  tokens: Token[];
  /** The feature's activation on each token, same length. */
  values: ArrayLike<number>;
  /** What the colours are relative to. */
  max: number;
  /** Draw tokens from … to (exclusive) only. */
  from?: number;
  to?: number;
  /** The token that earned the context its place; outlined. */
  peak?: number;
}

/**
 * Tokens coloured by one feature's activation. Each firing token carries its
 * value in `data-value` (for the popover) and in words for screen readers.
 */
export function TokenStrip(props: TokenStripProps) {
  const { tokens, values, max, peak } = props;
  const from = props.from ?? 0;
  const to = props.to ?? tokens.length;
  const strip = [];
  for (let i = from; i < to; i++) {
    const token = tokens[i]!;
    const value = values[i] ?? 0;
    const step = activationStep(value, max);
    const text = visibleText(token.text);
    if (token.id === BOS) {
      strip.push(
        <span key={i} className={styles.boundary} title="another document">
          {" ‖ "}
        </span>,
      );
    } else if (step === 0) {
      // Silent tokens are plain text: thousands of them cost nothing.
      strip.push(text);
    } else {
      strip.push(
        <span
          key={i}
          className={styles.fired}
          data-step={step}
          data-value={formatActivation(value)}
          data-peak={i === peak ? "" : undefined}
        >
          {text === "" ? "·" : text}
          <span className="visually-hidden"> ({formatActivation(value)}) </span>
        </span>,
      );
    }
    if (token.text.endsWith("\n")) strip.push(<wbr key={`${i}-break`} />);
  }
  return <span className={styles.strip}>{strip}</span>;
}

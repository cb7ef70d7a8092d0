import type { KeyboardEvent } from "react";
import type { Token } from "#lib/contract/index";
import { activationStep } from "./activation";
import { formatActivation, formatExact } from "./format";
import { readable } from "./reading";
import { visibleText } from "./visible-text";
import styles from "./pair-strip.module.css";

const BOS = 50_256;

interface PairStripProps {
  tokens: Token[];
  /** The activations of two features, same length as the tokens. */
  a: ArrayLike<number>;
  b: ArrayLike<number>;
  /** What each one's colours are relative to. */
  maxA: number;
  maxB: number;
  from: number;
  to: number;
  /** The token that can be reached by Tab; ← and → walk from there. */
  peak: number;
}

/**
 * Tokens coloured by two features: A's colour with a line below, B's with a
 * dashed line above, half and half where both fire.
 */
export function PairStrip(props: PairStripProps) {
  const { tokens, from, to, peak } = props;
  const strip = [];
  for (let i = from; i < to; i++) {
    const token = tokens[i]!;
    const a = props.a[i] ?? 0;
    const b = props.b[i] ?? 0;
    const text = visibleText(token.text);
    if (token.id === BOS) {
      strip.push(
        <span key={i} className="muted" title="another document">
          {" ‖ "}
        </span>,
      );
    } else if (a === 0 && b === 0) {
      strip.push(text);
    } else {
      strip.push(
        <span
          key={i}
          className={styles.fired}
          data-a={activationStep(a, props.maxA) || undefined}
          data-b={activationStep(b, props.maxB) || undefined}
          data-value={`A ${formatExact(a)} · B ${formatExact(b)}`}
          tabIndex={i === peak ? 0 : -1}
          role="note"
          {...readable({ a, b })}
        >
          {text === "" ? "·" : text}
          <span className="visually-hidden"> ({said(a, b)}) </span>
        </span>,
      );
    }
    if (token.text.endsWith("\n")) strip.push(<wbr key={`${i}-break`} />);
  }
  return (
    <span className={styles.strip} onKeyDown={walk}>
      {strip}
    </span>
  );
}

function said(a: number, b: number): string {
  return [
    ...(a > 0 ? [`A ${formatActivation(a)}`] : []),
    ...(b > 0 ? [`B ${formatActivation(b)}`] : []),
  ].join(", ");
}

/** ← and → move the focus along the tokens on which either fires. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const tokens = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("[data-value]"),
  ];
  const at = tokens.indexOf(document.activeElement as HTMLElement);
  event.preventDefault();
  tokens[at + step]?.focus();
}

/** What the colours and lines of a pair's strips mean. */
export function PairLegend({ a, b }: { a: number; b: number }) {
  return (
    <p className={styles.legend}>
      <span className={styles.fired} data-a={3}>
        {a} fires
      </span>
      <span className={styles.fired} data-b={3}>
        {b} fires
      </span>
      <span className={styles.fired} data-a={3} data-b={3}>
        both fire
      </span>
      <span className="muted">
        the stronger the colour, the nearer each is to its own maximum
      </span>
    </p>
  );
}

import type { KeyboardEvent } from "react";
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
  /** Firing tokens become links to themselves, `#<anchor>-<token>`. */
  anchor?: string;
  /** Break lines where the text does. */
  breaks?: boolean;
}

/**
 * Tokens coloured by one feature's activation. Each firing token carries its
 * value in `data-value` (for the popover) and in words for screen readers.
 * With an anchor the peak is a tab stop, and ← and → walk along the others.
 */
export function TokenStrip(props: TokenStripProps) {
  const { tokens, values, max, peak, anchor, breaks = false } = props;
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
      const shown = {
        className: styles.fired,
        "data-step": step,
        "data-value": formatActivation(value),
        "data-peak": i === peak ? "" : undefined,
        children: (
          <>
            {text === "" ? "·" : text}
            <span className="visually-hidden">
              {" "}
              ({formatActivation(value)}){" "}
            </span>
          </>
        ),
      };
      strip.push(
        anchor === undefined ? (
          <span key={i} {...shown} />
        ) : (
          <a
            key={i}
            id={`${anchor}-${i}`}
            href={`#${anchor}-${i}`}
            tabIndex={i === peak ? 0 : -1}
            {...shown}
          />
        ),
      );
    }
    if (token.text.endsWith("\n")) {
      strip.push(
        breaks ? <br key={`${i}-break`} /> : <wbr key={`${i}-break`} />,
      );
    }
  }
  return (
    <span
      className={styles.strip}
      onKeyDown={anchor === undefined ? undefined : walk}
    >
      {strip}
    </span>
  );
}

/** ← and → move the focus along the firing tokens. */
function walk(event: KeyboardEvent): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  // The page's own keys are left alone while there is a token to go to, and
  // at either end nothing happens rather than something else.
  event.preventDefault();
  links[at + step]?.focus();
}

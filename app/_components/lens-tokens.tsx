"use client";

import { memo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import type { Token } from "#lib/contract/index";
import type { LensText } from "#app/_queries/lens";
import { lineStep } from "./line-step";
import type { Painting } from "./lens-painting";
import { chipText, tokenMark } from "./visible-text";
import styles from "./lens-tokens.module.css";

interface LensTokensProps {
  tokens: Token[];
  windows: LensText["windows"];
  /** Undefined while it is not there: the text then has no colour. */
  painting: Painting | undefined;
  chosen: number;
  onChoose: (token: number) => void;
}

/**
 * The text; every token is a button. One of them is a tab stop, the arrow keys
 * go on from there, and the chosen token follows the focus.
 */
export function LensTokens(props: LensTokensProps) {
  const { tokens, windows, painting, chosen, onChoose } = props;
  const strip = useRef<HTMLParagraphElement>(null);
  const choose = (element: Element | null | undefined) => {
    const token = element?.getAttribute("data-token");
    if (token == null) return;
    onChoose(Number(token));
    (element as HTMLElement).focus();
  };
  const onClick = (event: MouseEvent) => {
    choose((event.target as Element).closest("[data-token]"));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = strip.current!.querySelectorAll("[data-token]");
    const next = destination(event.key, buttons, chosen);
    if (next === undefined) return;
    event.preventDefault();
    choose(buttons[next]);
  };
  return (
    <p
      ref={strip}
      className={styles.tokens}
      dir="auto"
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {windows.map(({ from, to }) => (
        <WindowTokens
          key={from}
          tokens={tokens}
          from={from}
          to={to}
          painting={painting}
          chosen={chosen >= from && chosen < to ? chosen : -1}
        />
      ))}
    </p>
  );
}

interface WindowTokensProps {
  tokens: Token[];
  from: number;
  to: number;
  painting: Painting | undefined;
  /** −1: none of these. */
  chosen: number;
}

/** The tokens that one context answers for; drawn anew only where one changed. */
const WindowTokens = memo(function WindowTokens(props: WindowTokensProps) {
  const { tokens, from, to, painting, chosen } = props;
  return (
    <>
      {from > 0 ? (
        <span
          className={styles.cut}
          title="Another context answers from here on"
          aria-hidden="true"
        >
          ┊
        </span>
      ) : null}
      {tokens.slice(from, to).map((token, i) => {
        const at = from + i;
        const words = painting?.words(at) ?? "";
        const step = painting?.steps[at];
        return [
          <span
            key={at}
            role="button"
            className={styles.token}
            data-token={at}
            data-step={step === 0 ? undefined : step}
            data-partial={token.partial ? "" : undefined}
            tabIndex={at === chosen ? 0 : -1}
            aria-pressed={at === chosen}
            aria-label={`${chipText(token)}${words === "" ? "" : `, ${words}`}`}
            title={`${at}: ${words}${token.partial ? " (part of a character that is split over several tokens)" : ""}`}
          >
            {tokenMark(token.text)}
          </span>,
          token.text.endsWith("\n") ? <br key={`${at}-break`} /> : null,
        ];
      })}
    </>
  );
});

/** The number of the token a key goes to; undefined for a key that goes nowhere. */
function destination(
  key: string,
  buttons: NodeListOf<Element>,
  chosen: number,
): number | undefined {
  const last = buttons.length - 1;
  const clamp = (token: number) => Math.max(0, Math.min(last, token));
  const parent = buttons[0]?.parentElement;
  const backwards = parent && getComputedStyle(parent).direction === "rtl";
  switch (key) {
    case "ArrowRight":
      return clamp(chosen + (backwards ? -1 : 1));
    case "ArrowLeft":
      return clamp(chosen + (backwards ? 1 : -1));
    case "ArrowDown":
      return lineStep(buttons, chosen, 1);
    case "ArrowUp":
      return lineStep(buttons, chosen, -1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "Enter":
    case " ":
      return chosen;
    default:
      return undefined;
  }
}

import type { KeyboardEvent, ReactNode } from "react";
import type { Token } from "#lib/contract/index";
import { activationStep } from "./activation";
import { formatActivation, formatExact } from "./format";
import { readable, type ReadingName } from "./reading";
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
  peak?: number | undefined;
  /** Firing tokens become links to themselves, `#<anchor>-<token>`. */
  anchor?: string;
  /** The number of the first token in anchors; default 0. */
  numberFrom?: number;
  /** The token that a link names. */
  target?: number | undefined;
  /** Silent tokens can be read as well, not only those that fire. */
  every?: boolean;
  /** What the values are marked as on plots; default: "activation". */
  reading?: ReadingName | undefined;
  /** Break lines where the text does. */
  breaks?: boolean;
}

/**
 * Tokens coloured by one feature's activation. Each firing token carries its
 * value in `data-value` (for the box) and in words for screen readers. With an
 * anchor one token is a tab stop, and ← and → walk along the others.
 */
export function TokenStrip(props: TokenStripProps) {
  const { tokens, values, breaks = false, every = false, anchor } = props;
  const { numberFrom = 0 } = props;
  const from = props.from ?? 0;
  const to = props.to ?? tokens.length;
  const stop = tabStop(props, from, to);
  const strip: ReactNode[] = [];
  for (let i = from; i < to; i++) {
    const token = tokens[i]!;
    const value = values[i] ?? 0;
    if (token.id === BOS) {
      strip.push(
        <span key={i} className={styles.boundary} title="another document">
          {" ‖ "}
        </span>,
      );
    } else if (value > 0 || every || i === props.target) {
      strip.push(
        <ReadableToken
          key={i}
          token={token}
          value={value}
          max={props.max}
          reading={props.reading ?? "activation"}
          id={anchor === undefined ? undefined : `${anchor}-${numberFrom + i}`}
          tabStop={i === stop}
          peak={i === props.peak}
          target={i === props.target}
        />,
      );
    } else {
      // Silent tokens are plain text: thousands of them cost nothing.
      strip.push(visibleText(token.text));
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

/** The peak or the link's target where it is drawn, else the strongest token. */
function tabStop(
  { peak, target, values, tokens, every = false }: TokenStripProps,
  from: number,
  to: number,
): number {
  for (const wanted of [target, peak]) {
    if (wanted !== undefined && wanted >= from && wanted < to) return wanted;
  }
  let best = every ? from : -1;
  for (let i = from; i < to; i++) {
    const value = tokens[i]!.id === BOS ? 0 : (values[i] ?? 0);
    if (value > (best < 0 ? 0 : (values[best] ?? 0))) best = i;
  }
  return best;
}

interface ReadableTokenProps {
  token: Token;
  value: number;
  max: number;
  reading: ReadingName;
  /** Makes it a link to itself. */
  id: string | undefined;
  tabStop: boolean;
  peak: boolean;
  target: boolean;
}

function ReadableToken(props: ReadableTokenProps) {
  const { token, value, id } = props;
  const step = activationStep(value, props.max);
  const text = visibleText(token.text);
  const shown = {
    className: step === 0 ? styles.silent : styles.fired,
    "data-step": step === 0 ? undefined : step,
    "data-value": formatExact(value),
    ...readable({ [props.reading]: value }),
    "data-peak": props.peak ? "" : undefined,
    "data-target": props.target ? "" : undefined,
    children: (
      <>
        {text === "" ? "·" : text}
        {step === 0 ? null : (
          <span className="visually-hidden"> ({formatActivation(value)}) </span>
        )}
      </>
    ),
  };
  if (id === undefined) return <span {...shown} />;
  return (
    <a id={id} href={`#${id}`} tabIndex={props.tabStop ? 0 : -1} {...shown} />
  );
}

/** ← and → move the focus along the tokens that can be read. */
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

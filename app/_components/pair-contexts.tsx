"use client";

import { useQuery } from "@tanstack/react-query";
import type {
  FeatureDetail,
  PairContext,
  PairContexts as Found,
} from "#lib/contract/index";
import { pairContextsQuery, type PairView } from "#app/_queries/feature-pair";
import { contextWindow, CONTEXT_VIEWS } from "./context-view";
import { denseValues } from "./dense-values";
import { formatCount } from "./format";
import { PairLegend, PairStrip } from "./pair-strip";
import styles from "./pair-view.module.css";

/** Tokens shown about the strongest one. */
const WINDOW = CONTEXT_VIEWS.window;

interface PairContextsProps {
  pair: PairView;
  a: FeatureDetail;
  b: FeatureDetail;
}

/** Contexts in which both features fire, in the colours of both. */
export function PairContexts({ pair, a, b }: PairContextsProps) {
  const { data, error } = useQuery(pairContextsQuery(pair));
  return (
    <section className="card" aria-labelledby="both">
      <h2 id="both">Where both fire</h2>
      <p className="muted small" role="status">
        {error
          ? error.message
          : data === undefined
            ? "Running the model on the strongest contexts of both …"
            : said(data, a, b)}
      </p>
      {data === undefined || data.contexts.length === 0 ? null : (
        <>
          <PairLegend a={a.index} b={b.index} />
          <ol className={styles.contexts}>
            {data.contexts.map((context) => (
              <Context
                key={`${context.side}${context.sequence}`}
                context={context}
                maxA={a.maxActivation}
                maxB={b.maxActivation}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function said(found: Found, a: FeatureDetail, b: FeatureDetail): string {
  const { sequences, tokens, firingsA, firingsB, both, contexts } = found;
  const where =
    found.measured === "run"
      ? `In ${sequences} sequences (${formatCount(tokens)} tokens), where either is known to fire`
      : `The model or an SAE's files are not here. In the ${sequences} sequences (${formatCount(tokens)} tokens) of which the index holds both`;
  const counts = `${a.index} fires on ${formatCount(firingsA)} tokens, ${b.index} on ${formatCount(firingsB)}, both on ${formatCount(both)}`;
  const none =
    contexts.length === 0 ? " There is no sequence in which both fire." : "";
  return `${where}, ${counts}.${none}`;
}

interface ContextProps {
  context: PairContext;
  maxA: number;
  maxB: number;
}

function Context({ context, maxA, maxB }: ContextProps) {
  const { tokens, peakPosition, document, both } = context;
  const { from, to } = contextWindow(WINDOW, tokens.length, peakPosition);
  return (
    <li>
      {from > 1 ? <span className="muted">… </span> : null}
      <PairStrip
        tokens={tokens}
        a={denseValues(tokens.length, context.a)}
        b={denseValues(tokens.length, context.b)}
        maxA={maxA}
        maxB={maxB}
        from={from}
        to={to}
        peak={peakPosition}
      />
      {to < tokens.length ? <span className="muted"> …</span> : null}
      <p className={styles.source}>
        {document.title}, token {formatCount(document.tokenOffset)}; both on{" "}
        {formatCount(both)} of the sequence&rsquo;s tokens
      </p>
    </li>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ContextEffect as Effect } from "#lib/contract/index";
import { contextEffectQuery } from "#app/_queries/features";
import type { CardFeature } from "./context-list";
import { EffectStrip } from "./effect-strip";
import { TokenChip } from "./token-chip";
import styles from "./context-effect.module.css";

interface ContextEffectProps {
  feature: CardFeature;
  sequence: number;
  onClose: () => void;
}

/**
 * What the feature does to the predictions in a context: the model is run with
 * it and without it. A token that is chosen shows which next tokens it moves.
 */
export function ContextEffect(props: ContextEffectProps) {
  const { feature, sequence, onClose } = props;
  const { data, error } = useQuery(
    contextEffectQuery(feature.saeId, feature.index, sequence),
  );
  return (
    <section className={styles.panel} aria-label="Effect on the next tokens">
      <div className={styles.head}>
        <h4>Effect on the next tokens</h4>
        <button type="button" data-kind="quiet" onClick={onClose}>
          Close
        </button>
      </div>
      {data ? (
        <Result effect={data} />
      ) : (
        <p className="small" role="status">
          {error
            ? error.message
            : "Running the model with the feature and without it …"}
        </p>
      )}
    </section>
  );
}

function Result({ effect }: { effect: Effect }) {
  const strongest = effect.kl.indexOf(Math.max(...effect.kl));
  const [chosen, setChosen] = useState(strongest);
  const most = Math.max(...effect.lossChange.map((c) => Math.abs(c ?? 0)));
  if (!(effect.kl[strongest]! > 0)) {
    return (
      <p className="small">
        The feature changes no prediction in this context.
      </p>
    );
  }
  return (
    <>
      <p className={`muted small ${styles.legend}`}>
        <span data-sign="helps">helps</span>
        <span data-sign="hurts">hurts</span>
        the prediction of the token after; up to {most.toFixed(2)} nats of loss.
        Choose a token to see what it makes likelier.
      </p>
      <EffectStrip
        effect={effect}
        most={most}
        chosen={chosen}
        onChoose={setChosen}
      />
      <div className={styles.moved} aria-live="polite">
        <p className="small">
          After <TokenChip token={effect.tokens[chosen]!} />:{" "}
          {lossSentence(effect.lossChange[chosen]!)} KL{" "}
          {effect.kl[chosen]!.toFixed(4)} nats.
        </p>
        <Moved title="Makes likelier" list={effect.raised[chosen]!} />
        <Moved title="Makes less likely" list={effect.lowered[chosen]!} />
      </div>
    </>
  );
}

function lossSentence(change: number | null): string {
  if (change === null) return "no token follows.";
  const size = Math.abs(change).toFixed(4);
  if (Number(size) === 0)
    return "the loss of the token that follows is the same.";
  return `without the feature the loss of the token that follows is ${size} nats ${change > 0 ? "higher" : "lower"}.`;
}

interface MovedProps {
  title: string;
  list: Effect["raised"][number];
}

function Moved({ title, list }: MovedProps) {
  if (list.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">token</th>
          <th scope="col">without</th>
          <th scope="col">with</th>
        </tr>
      </thead>
      <tbody>
        {list.map(({ token, with: having, without }) => (
          <tr key={token.id}>
            <td>
              <TokenChip token={token} />
            </td>
            <td>{probability(without)}</td>
            <td>{probability(having)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function probability(p: number): string {
  return `${(100 * p).toPrecision(3)} %`;
}

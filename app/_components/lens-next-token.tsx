"use client";

import type { FormEvent } from "react";
import type { LensToken, Token } from "#lib/contract/index";
import { formatPercent } from "./format";
import { signed } from "./lens-painting";
import { SignedBar } from "./signed-bar";
import { TokenChip } from "./token-chip";
import type { LensState } from "./use-lens-state";
import type { TokenAnswer } from "./use-token-answer";
import table from "./feature-tables.module.css";
import styles from "./lens-panel.module.css";

interface LensNextTokenProps {
  asked: TokenAnswer;
  /** The chosen token, and the one that follows it in the text. */
  token: Token;
  next: Token | undefined;
  /** The likeliest tokens, known before the answer is. */
  likely: { token: Token; probability: number }[] | undefined;
  state: LensState;
}

/** What is predicted after the chosen token, and one logit taken apart. */
export function LensNextToken(props: LensNextTokenProps) {
  const { asked, token, next, likely, state } = props;
  const { answer, error, busy } = asked;
  return (
    <section
      className={`card ${styles.next}`}
      aria-labelledby="next-token"
      aria-busy={busy}
    >
      <h2 id="next-token">
        After <TokenChip token={token} />
      </h2>
      <div className={styles.halves}>
        <Predictions
          predictions={answer?.predictions ?? likely ?? []}
          target={answer?.target}
          next={next}
          state={state}
        />
        <div className={styles.section}>
          <TargetForm answer={answer} state={state} />
          {error ? (
            <p role="alert" className={styles.error}>
              {error.message}
            </p>
          ) : null}
          {answer ? <LogitParts answer={answer} /> : null}
        </div>
      </div>
    </section>
  );
}

interface PredictionsProps {
  predictions: (Partial<LensToken["predictions"][number]> & {
    token: Token;
    probability: number;
  })[];
  target: Token | undefined;
  next: Token | undefined;
  state: LensState;
}

/** The likeliest next tokens; choosing one takes its logit apart. */
function Predictions({ predictions, target, next, state }: PredictionsProps) {
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">likeliest</th>
          <th scope="col">probability</th>
          <th scope="col">with the SAE</th>
        </tr>
      </thead>
      <tbody>
        {predictions.map(({ token, probability, probabilitySpliced }) => (
          <tr key={token.id}>
            <td>
              <button
                type="button"
                data-kind="quiet"
                className={styles.pick}
                aria-pressed={token.id === target?.id}
                title="Take this token's logit apart"
                onClick={() => {
                  state.change({ target: null, targetId: String(token.id) });
                }}
              >
                <TokenChip token={token} />
              </button>
              {token.id === next?.id ? (
                <span className="muted small"> follows</span>
              ) : null}
            </td>
            <td>{formatPercent(probability)}</td>
            <td>
              {probabilitySpliced === undefined
                ? "…"
                : formatPercent(probabilitySpliced)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Chooses the token whose logit is taken apart, and what it is compared with. */
function TargetForm({
  answer,
  state: { params, change },
}: {
  answer: LensToken | undefined;
  state: LensState;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const text = (name: string) => {
      const value = typed.get(name);
      return typeof value === "string" && value !== "" ? value : null;
    };
    const changed = (name: "target" | "against") => {
      // What was not typed anew stays what it is, a number perhaps.
      const shown = answer?.[name]?.text ?? "";
      return text(name) === (shown === "" ? null : shown)
        ? {}
        : { [name]: text(name), [`${name}Id`]: null };
    };
    change({ ...changed("target"), ...changed("against") });
  };
  const own =
    params.has("target") ||
    params.has("targetId") ||
    params.has("against") ||
    params.has("againstId");
  return (
    <form onSubmit={submit} className={styles.target}>
      <label>
        Logit of{" "}
        <input
          key={`${answer?.token} ${answer?.target.id}`}
          name="target"
          size={9}
          defaultValue={params.get("target") ?? answer?.target.text ?? ""}
          title="A token, as it is spelled; most words begin with a space"
        />
      </label>
      <label>
        less{" "}
        <input
          key={`${answer?.token} ${answer?.against?.id}`}
          name="against"
          size={13}
          placeholder="all, on average"
          defaultValue={params.get("against") ?? answer?.against?.text ?? ""}
          title="Another token, or nothing: the mean over all tokens"
        />
      </label>
      <button type="submit">Take apart</button>
      {own ? (
        <button
          type="button"
          data-kind="quiet"
          onClick={() => {
            change({
              target: null,
              targetId: null,
              against: null,
              againstId: null,
            });
          }}
        >
          Reset
        </button>
      ) : null}
    </form>
  );
}

/** The parts of the target's logit (docs/method.md, Eq. 43), features as one. */
function LogitParts({ answer }: { answer: LensToken }) {
  const features = answer.features.reduce((sum, f) => sum + f.contribution, 0);
  const parts: [string, number, string][] = [
    [
      `${answer.features.length} active features`,
      features,
      "The sum of the features' direct contributions",
    ],
    ["decoder bias", answer.decoderBias, "b_dec of the SAE"],
    ["what the SAE misses", answer.error, "x − x̂"],
    [
      "later layers",
      answer.laterLayers,
      "All that the layers after the hook add; what they make of a feature is in here",
    ],
    ["final LayerNorm’s bias", answer.finalBias, "β of the final LayerNorm"],
  ];
  const largest = Math.max(...parts.map(([, value]) => Math.abs(value)), 1e-9);
  return (
    <>
      <table className={table.table}>
        <caption className={styles.caption}>
          Logit of <TokenChip token={answer.target} /> less{" "}
          {answer.against === null ? (
            "the mean over all tokens"
          ) : (
            <>
              that of <TokenChip token={answer.against} />
            </>
          )}
          ; its probability is {formatPercent(answer.probability)},{" "}
          {formatPercent(answer.probabilitySpliced)} with the SAE.
        </caption>
        <tbody>
          {parts.map(([name, value, meaning]) => (
            <tr key={name} title={meaning}>
              <th scope="row">{name}</th>
              <td className={styles.number}>{signed(value)}</td>
              <td className={styles.bar}>
                <SignedBar share={value / largest} />
              </td>
            </tr>
          ))}
          <tr className={styles.total}>
            <th scope="row">together</th>
            <td className={styles.number}>{signed(answer.logit)}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import type { AgreementFigure } from "#lib/contract/index";
import { agreementQuery } from "#app/_queries/quizzes";
import { formatCount } from "./format";
import { Refusal } from "./refusal";
import styles from "./evidence-view.module.css";

const ABOUT: Record<AgreementFigure["about"], [name: string, what: string]> = {
  quiz: [
    "Quiz marks",
    "whether people who were given the same label and the same context said that the feature fires",
  ],
  meaning: [
    "Means something",
    "whether people wrote a label for a feature or flagged it as uninterpretable",
  ],
  votes: ["Votes", "whether people voted for or against the same label"],
  monosemantic: ["Monosemantic", "yes or no, in the rubric"],
  confidence: ["Confidence", "0 to 3, in the rubric"],
  activations: ["Activations consistent", "0 to 3, in the rubric"],
  logits: ["Logits consistent", "0 to 3, in the rubric"],
  specificity: ["Specificity", "0 to 3, in the rubric"],
  wording: [
    "Wording",
    "how alike the labels are that people wrote for one feature, by shared groups of three letters; the same meaning in other words counts as different",
  ],
};

/** How far people agree: Krippendorff's alpha for each kind of judgement. */
export function AgreementFigures({ saeId }: { saeId: string }) {
  const { data, error, refetch } = useQuery(agreementQuery(saeId));
  return (
    <section className={styles.section} aria-labelledby="agreement">
      <h2 id="agreement">Agreement</h2>
      <p className="muted small">
        Krippendorff’s alpha over everything that two people or more judged: 1
        is agreement on all of it, 0 what chance would give, below 0 worse than
        chance. 0.8 is commonly asked for, 0.67 the least for tentative
        conclusions. Intervals: 95 %, by resampling the things judged.
      </p>
      {error ? <Refusal error={error} onAgain={() => void refetch()} /> : null}
      {data ? (
        <div
          className={styles.scroll}
          tabIndex={0}
          role="group"
          aria-label="Agreement"
        >
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Judgement</th>
                <th scope="col">Alpha (95 % interval)</th>
                <th scope="col">In words</th>
                <th scope="col">Judged by two or more</th>
                <th scope="col">Judgements</th>
                <th scope="col">Distance</th>
              </tr>
            </thead>
            <tbody>
              {data.agreement.map((figure) => (
                <Row key={figure.about} figure={figure} />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p role="status">Loading …</p>
      )}
      {data ? (
        <p className="muted small">
          Of each kind at most {formatCount(data.readAtMost)} judgements are
          read, of wordings 150 features.
        </p>
      ) : null}
    </section>
  );
}

function Row({ figure }: { figure: AgreementFigure }) {
  const [name, what] = ABOUT[figure.about];
  const { alpha, lower, upper } = figure;
  return (
    <tr>
      <th scope="row" className={styles.judgement}>
        {name}
        <br />
        <span className="muted small">{what}</span>
      </th>
      <td>
        {alpha === null ? "–" : alpha.toFixed(2)}
        {lower === null || upper === null ? null : (
          <span className="muted">
            {" "}
            ({lower.toFixed(2)} to {upper.toFixed(2)})
          </span>
        )}
      </td>
      <td>{inWords(figure)}</td>
      <td>{formatCount(figure.units)}</td>
      <td>{formatCount(figure.judgements)}</td>
      <td>{figure.metric}</td>
    </tr>
  );
}

function inWords({ alpha, units, lower }: AgreementFigure): string {
  if (units === 0) return "nothing judged twice yet";
  if (alpha === null) return "everybody said the same: no chance to differ";
  if (lower === null) return "too few to say";
  if (alpha >= 0.8) return "good";
  if (alpha >= 0.667) return "tentative";
  if (alpha > 0.2) return "weak";
  return "hardly more than chance";
}

"use client";

import { useQuery } from "@tanstack/react-query";
import type { LabelScore as Score } from "#lib/contract/index";
import { labellingQuery } from "#app/_queries/labels";
import { Explained } from "./explained";
import { formatCount, formatPercent } from "./format";
import styles from "./label-score.module.css";

interface LabelScoreProps {
  saeId: string;
  feature: number;
  /** The label's number. */
  label: number;
}

/** How true a label is by its quizzes, beside it; nothing where none was taken. */
export function LabelScore({ saeId, feature, label }: LabelScoreProps) {
  const { data } = useQuery(labellingQuery(saeId, feature));
  const score = data?.scores.find((known) => known.label === label);
  return score ? <ScoreBadge score={score} /> : null;
}

/** Balanced accuracy with its interval; what it is on demand. */
export function ScoreBadge({ score }: { score: Score }) {
  const { accuracy, lower, upper, quizzes, people } = score;
  return (
    <Explained
      label={`Quiz score ${percent(accuracy)}, interval ${percent(lower)} to ${percent(upper)}`}
      explanation={
        <>
          Given this label alone, people marked in which of ten contexts the
          feature fires: {formatCount(quizzes)}{" "}
          {quizzes === 1 ? "quiz" : "quizzes"} by {formatCount(people)}{" "}
          {people === 1 ? "person" : "people"}. Balanced accuracy, the mean of{" "}
          {score.hits} of {score.hits + score.misses} firing and{" "}
          {score.rejections} of {score.rejections + score.falseAlarms} silent
          contexts marked rightly; 50% is guessing. The line is its 95% credible
          interval.
        </>
      }
    >
      <span className={styles.score}>
        <ScoreBar score={score} />
        <span>
          {percent(accuracy)}{" "}
          <span className="muted">
            ({(100 * lower).toFixed(0)}–{percent(upper)})
          </span>
        </span>
      </span>
    </Explained>
  );
}

/** Whole percents: the interval is wider than any digit behind the point. */
const percent = (share: number) => formatPercent(share, 0);

const WIDTH = 56;

/** The interval as a line from 0 to 1, a mark at one half. */
function ScoreBar({ score }: { score: Score }) {
  const x = (share: number) => 2 + share * (WIDTH - 4);
  return (
    <svg
      className={styles.bar}
      width={WIDTH}
      height={12}
      viewBox={`0 0 ${WIDTH} 12`}
      aria-hidden="true"
    >
      <line className={styles.rail} x1={x(0)} x2={x(1)} y1={6} y2={6} />
      <line className={styles.rail} x1={x(0.5)} x2={x(0.5)} y1={1} y2={11} />
      <line
        className={styles.interval}
        x1={x(score.lower)}
        x2={x(score.upper)}
        y1={6}
        y2={6}
      />
      <circle className={styles.point} cx={x(score.accuracy)} cy={6} r={3} />
    </svg>
  );
}

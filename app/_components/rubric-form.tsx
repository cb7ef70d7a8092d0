"use client";

import { useId } from "react";
import type { Rubric } from "#lib/contract/index";
import {
  keyedOpinion,
  useOpinionChange,
  type Marks,
} from "#app/_queries/opinions";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { FIFTHS } from "./group-heading";
import {
  MARK_WORDS,
  MARKS,
  meanMark,
  monosemanticCounts,
  type Mark,
} from "./rubric-summary";
import styles from "./opinions.module.css";

interface RubricFormProps {
  saeId: string;
  feature: number;
  rubrics: readonly Rubric[];
}

const NO_MARKS: Marks = {
  confidence: null,
  activations: null,
  logits: null,
  specificity: null,
  monosemantic: null,
  breaksAt: null,
};

/** One's own marks, saved with each choice, beside those of the others. */
export function RubricForm({ saeId, feature, rubrics }: RubricFormProps) {
  const viewer = useViewer();
  const change = useOpinionChange(saeId, feature);
  const refusal = refusalOf(viewer, "rubric");
  const given = rubrics.find(({ person }) => person.id === viewer?.id);
  const others = rubrics.filter((rubric) => rubric !== given);
  const own = marksOf(given);
  const save = (marks: Marks | null) => {
    change.mutate(keyedOpinion({ kind: "mark", marks }));
  };
  return (
    <form
      className={styles.body}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <p className="muted small">
        0 {MARK_WORDS[0]}, 1 {MARK_WORDS[1]}, 2 {MARK_WORDS[2]}, 3{" "}
        {MARK_WORDS[3]}. Saved with each choice.
      </p>
      {MARKS.map(([mark, name, meaning]) => (
        <MarkRow
          key={mark}
          mark={mark}
          name={name}
          meaning={meaning}
          value={own[mark]}
          others={others}
          disabled={refusal !== undefined}
          onChange={(value) => {
            save({ ...own, [mark]: value });
          }}
        />
      ))}
      <Monosemantic
        own={own}
        others={others}
        disabled={refusal !== undefined}
        onChange={save}
      />
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      {given ? (
        <div className={styles.actions}>
          <button
            type="button"
            data-kind="quiet"
            onClick={() => {
              save(null);
            }}
          >
            Take my marks back
          </button>
        </div>
      ) : null}
      {change.error ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
    </form>
  );
}

interface MarkRowProps {
  mark: Mark;
  name: string;
  meaning: string;
  value: number | null;
  others: readonly Rubric[];
  disabled: boolean;
  onChange: (value: number) => void;
}

function MarkRow(props: MarkRowProps) {
  const { mark, name, meaning, value, others, disabled, onChange } = props;
  const id = useId();
  const mean = meanMark(others, mark);
  return (
    <fieldset className={styles.mark} disabled={disabled}>
      <legend>
        {name} <span className="muted">{meaning}</span>
      </legend>
      <span className={styles.choices}>
        {MARK_WORDS.map((word, i) => (
          <label key={word} title={word}>
            <input
              type="radio"
              name={`${id}${mark}`}
              checked={value === i}
              aria-label={`${i}, ${word}`}
              onChange={() => {
                onChange(i);
              }}
            />
            {i}
          </label>
        ))}
      </span>
      <span className="muted small">
        {mean === null ? "" : `others ${mean.mean.toFixed(1)} (${mean.people})`}
      </span>
    </fieldset>
  );
}

interface MonosemanticProps {
  own: Marks;
  others: readonly Rubric[];
  disabled: boolean;
  onChange: (marks: Marks) => void;
}

/** Whether it means one thing; where it does not, which group breaks it. */
function Monosemantic({ own, others, disabled, onChange }: MonosemanticProps) {
  const id = useId();
  const { yes, no } = monosemanticCounts(others);
  const choice = (said: boolean, word: string) => (
    <label>
      <input
        type="radio"
        name={id}
        checked={own.monosemantic === said}
        onChange={() => {
          const breaksAt = said ? null : own.breaksAt;
          onChange({ ...own, monosemantic: said, breaksAt });
        }}
      />
      {word}
    </label>
  );
  return (
    <fieldset className={styles.mark} disabled={disabled}>
      <legend>
        Monosemantic <span className="muted">It means one thing</span>
      </legend>
      <span className={styles.choices}>
        {choice(true, "yes")}
        {choice(false, "no")}
      </span>
      <span className="muted small">
        {yes + no === 0 ? "" : `others ${yes} yes, ${no} no`}
      </span>
      {own.monosemantic === false ? (
        <label className={styles.breaks}>
          What does not fit{" "}
          <select
            value={own.breaksAt ?? ""}
            onChange={({ target: { value } }) => {
              const breaksAt = value === "" ? null : Number(value);
              onChange({ ...own, breaksAt });
            }}
          >
            <option value="">not said</option>
            {FIFTHS.map((name, i) => (
              <option key={name} value={i}>
                {name}
              </option>
            )).toReversed()}
          </select>
        </label>
      ) : null}
      <Breaks others={others} />
    </fieldset>
  );
}

/** Which groups others say do not fit. */
function Breaks({ others }: { others: readonly Rubric[] }) {
  const said = FIFTHS.map((name, i) => {
    const people = others.filter(({ breaksAt }) => breaksAt === i).length;
    return { name, people };
  }).filter(({ people }) => people > 0);
  if (said.length === 0) return null;
  return (
    <span className={`muted small ${styles.breaks}`}>
      others say what breaks it:{" "}
      {said
        .map(({ name, people }) => `${name.toLowerCase()} (${people})`)
        .join(", ")}
    </span>
  );
}

function marksOf(rubric: Rubric | undefined): Marks {
  if (!rubric) return NO_MARKS;
  const { confidence, activations, logits, specificity } = rubric;
  const { monosemantic, breaksAt } = rubric;
  return {
    confidence,
    activations,
    logits,
    specificity,
    monosemantic,
    breaksAt,
  };
}

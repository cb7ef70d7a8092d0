"use client";

import {
  formatQuery,
  IS_VALUES,
  parseQuery,
  STATE_VALUES,
  withParts,
  type Clause,
  type IsValue,
  type NumberRange,
  type Problem,
  type StateValue,
} from "#lib/query/index";
import { QueryBox } from "./query-box";
import styles from "./filter-bar.module.css";

interface FilterBarProps {
  /** The filters, in the language of searches. */
  text: string;
  refused: readonly Problem[];
  onChange: (text: string) => void;
}

const KINDS: Record<IsValue, string> = {
  live: "Live",
  dead: "Dead",
  dense: "Dense (over 10 %)",
  any: "All",
};

const STATES: Record<StateValue, string> = {
  unlabelled: "Unlabelled",
  proposed: "Proposed",
  accepted: "Accepted",
  disputed: "Disputed",
  uninterpretable: "Uninterpretable",
};

/**
 * The table's filters: a box for all of them, and controls that write the
 * most used ones into it.
 */
export function FilterBar({ text, refused, onChange }: FilterBarProps) {
  const query = parseQuery(text);
  const range = rangeOf(query.clauses);
  const set = (isPart: (clause: Clause) => boolean, ...parts: Clause[]) => {
    onChange(withParts(text, isPart, parts));
  };
  const setRange = (next: { min: number | null; max: number | null }) => {
    const part: Clause = {
      field: "density",
      range: { ...next, open: false },
      negated: false,
    };
    const none = next.min === null && next.max === null;
    set(isDensity, ...(none ? [] : [part]));
  };
  return (
    <div className={styles.filters}>
      <QueryBox
        label="Filter features"
        placeholder="king, label:negation, density:<1e-3, promotes:she"
        value={text}
        onChange={onChange}
        refused={refused}
      />
      <div className={styles.bar}>
        <label>
          State
          <select
            value={kindOf(query.clauses)}
            onChange={(event) => {
              const value = event.target.value as IsValue;
              const part: Clause = { field: "is", value, negated: false };
              set(isKind, ...(value === "live" ? [] : [part]));
            }}
          >
            {IS_VALUES.map((value) => (
              <option key={value} value={value}>
                {KINDS[value]}
              </option>
            ))}
          </select>
        </label>
        <label>
          Label
          <select
            value={labelling(query.clauses)}
            onChange={(event) => {
              set(isLabelling, ...labellingParts(event.target.value));
            }}
          >
            <option value="">Any</option>
            <option value="labelled">Labelled</option>
            {STATE_VALUES.map((value) => (
              <option key={value} value={value}>
                {STATES[value]}
              </option>
            ))}
          </select>
        </label>
        <DensityInput
          name="Frequency from"
          placeholder="0.0001"
          value={range.min}
          onCommit={(min) => {
            setRange({ ...range, min });
          }}
        />
        <DensityInput
          name="to"
          placeholder="10%"
          value={range.max}
          onCommit={(max) => {
            setRange({ ...range, max });
          }}
        />
        {text.trim() === "" ? null : (
          <button
            type="button"
            data-kind="quiet"
            onClick={() => {
              onChange("");
            }}
          >
            Reset
          </button>
        )}
      </div>
    </div>
  );
}

const isKind = (clause: Clause) => clause.field === "is" && !clause.negated;
function kindOf(clauses: readonly Clause[]): IsValue {
  const found = clauses.find(isKind);
  return found?.field === "is" ? found.value : "live";
}

const isDensity = (clause: Clause) =>
  clause.field === "density" && !clause.negated;
const isLabelling = (clause: Clause) =>
  clause.field === "has" || clause.field === "state";

/** The ends of the first density filter. */
function rangeOf(clauses: readonly Clause[]): Pick<NumberRange, "min" | "max"> {
  const found = clauses.find(isDensity);
  return found?.field === "density" ? found.range : { min: null, max: null };
}

function labelling(clauses: readonly Clause[]): string {
  const found = clauses.find(isLabelling);
  if (found?.field === "has") return found.negated ? "unlabelled" : "labelled";
  return found?.field === "state" && !found.negated ? found.value : "";
}

function labellingParts(chosen: string): Clause[] {
  const value = STATE_VALUES.find((state) => state === chosen);
  if (value === "unlabelled") {
    return [{ field: "has", value: "label", negated: true }];
  }
  if (value !== undefined) return [{ field: "state", value, negated: false }];
  return chosen === "labelled"
    ? [{ field: "has", value: "label", negated: false }]
    : [];
}

interface DensityInputProps {
  name: string;
  placeholder: string;
  value: number | null;
  onCommit: (value: number | null) => void;
}

/** Commits on Enter and on leaving, not on every digit. */
function DensityInput({
  name,
  value,
  onCommit,
  placeholder,
}: DensityInputProps) {
  const shown = value === null ? "" : written(value);
  const commit = (text: string) => {
    if (text.trim() === shown) return;
    if (text.trim() === "") {
      onCommit(null);
      return;
    }
    const [clause] = parseQuery(`density:>=${text.trim()}`).clauses;
    if (clause?.field === "density") onCommit(clause.range.min);
  };
  return (
    <label>
      {name}
      <input
        // A value from elsewhere (the box, reset) replaces the draft.
        key={shown}
        defaultValue={shown}
        placeholder={placeholder}
        inputMode="decimal"
        maxLength={20}
        onBlur={(event) => {
          commit(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(event.currentTarget.value);
        }}
      />
    </label>
  );
}

/** A density as the language writes it: "0.1%". */
function written(value: number): string {
  const range = { min: value, max: value, open: false };
  const clause: Clause = { field: "density", range, negated: false };
  return formatQuery({ clauses: [clause] }).slice("density:".length);
}

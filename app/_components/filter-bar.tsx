"use client";

import type { TableView } from "#app/_queries/feature-list";
import styles from "./filter-bar.module.css";

interface FilterBarProps {
  view: TableView;
  onChange: (view: TableView) => void;
}

const STATES = [
  ["live", "Live"],
  ["dead", "Dead"],
  ["dense", "Dense (over 10 %)"],
  ["all", "All"],
] as const;

const LABELS = [
  ["any", "Any"],
  ["labelled", "Labelled"],
  ["unlabelled", "Unlabelled"],
] as const;

/** The table's filters; each writes itself into the URL. */
export function FilterBar({ view, onChange }: FilterBarProps) {
  const set = (key: string, value: string) => {
    onChange(
      Object.fromEntries(
        Object.entries({ ...view, [key]: value }).filter(([, v]) => v !== ""),
      ),
    );
  };
  return (
    <div className={styles.bar}>
      <label>
        State
        <select
          value={view.state ?? "live"}
          onChange={(event) => {
            set("state", event.target.value);
          }}
        >
          {STATES.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Label
        <select
          value={view.label ?? "any"}
          onChange={(event) => {
            set("label", event.target.value);
          }}
        >
          {LABELS.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <LazyInput
        name="Frequency from"
        placeholder="0.0001"
        inputMode="decimal"
        value={view.minDensity ?? ""}
        onCommit={(value) => {
          set("minDensity", value);
        }}
      />
      <LazyInput
        name="to"
        placeholder="0.1"
        inputMode="decimal"
        value={view.maxDensity ?? ""}
        onCommit={(value) => {
          set("maxDensity", value);
        }}
      />
      <LazyInput
        name="Mean from"
        placeholder="1"
        inputMode="decimal"
        value={view.minMean ?? ""}
        onCommit={(value) => {
          set("minMean", value);
        }}
      />
      <LazyInput
        name="to"
        placeholder="10"
        inputMode="decimal"
        value={view.maxMean ?? ""}
        onCommit={(value) => {
          set("maxMean", value);
        }}
      />
      <LazyInput
        name="Words in label"
        placeholder="e.g. negation"
        inputMode="text"
        value={view.q ?? ""}
        onCommit={(value) => {
          set("q", value);
        }}
      />
      {Object.keys(view).length > 0 ? (
        <button
          type="button"
          data-kind="quiet"
          onClick={() => {
            onChange({});
          }}
        >
          Reset
        </button>
      ) : null}
    </div>
  );
}

interface LazyInputProps {
  name: string;
  placeholder: string;
  inputMode: "text" | "decimal";
  value: string;
  onCommit: (value: string) => void;
}

/** Commits on Enter and on leaving, not on every letter. */
function LazyInput({ name, value, onCommit, ...input }: LazyInputProps) {
  const commit = (text: string) => {
    if (text.trim() !== value) onCommit(text.trim());
  };
  return (
    <label>
      {name}
      <input
        {...input}
        // A value from elsewhere (back button, reset) replaces the draft.
        key={value}
        defaultValue={value}
        maxLength={200}
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

"use client";

import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Person } from "#lib/contract/index";
import type { ActivityScope } from "#app/_queries/activity";
import { namesQuery } from "#app/_queries/comments";
import { NOUNS } from "./activity-words";
import { useDebounced } from "./use-debounced";
import type { UrlChange } from "./use-url-params";
import styles from "./activity.module.css";

interface ActivityFiltersProps {
  saes: readonly string[];
  scope: ActivityScope;
  /** People whose names the page knows. */
  known: readonly Person[];
  onChange: (change: UrlChange) => void;
}

/** What activity is narrowed to: an SAE, a person, a kind of deed. */
export function ActivityFilterForm(props: ActivityFiltersProps) {
  const { saes, scope, known, onChange } = props;
  const select = (
    name: "sae" | "noun",
    title: string,
    options: readonly (readonly [value: string, words: string])[],
  ) => (
    <label>
      {title}
      <select
        value={scope[name] ?? ""}
        onChange={({ target: { value } }) => {
          onChange({ [name]: value === "" ? null : value });
        }}
      >
        <option value="">all</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
  const filtered = scope.sae ?? scope.person ?? scope.noun;
  return (
    <div className={styles.filters} role="group" aria-label="Filters">
      {select(
        "sae",
        "SAE",
        saes.map((id) => [id, id]),
      )}
      {select("noun", "About", Object.entries(NOUNS))}
      <PersonFilter
        person={scope.person}
        known={known}
        onChange={(person) => {
          onChange({ person });
        }}
      />
      {filtered === undefined ? null : (
        <button
          type="button"
          data-kind="quiet"
          onClick={() => {
            onChange({ sae: null, person: null, noun: null });
          }}
        >
          Show all
        </button>
      )}
    </div>
  );
}

interface PersonFilterProps {
  /** A person's id. */
  person: string | undefined;
  known: readonly Person[];
  onChange: (person: string | null) => void;
}

/** A field for a name; it offers names as one types. */
function PersonFilter({ person, known, onChange }: PersonFilterProps) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [picked, setPicked] = useState<Person | null>(null);
  const prefix = useDebounced((typed ?? "").toLowerCase(), 120);
  const { data } = useQuery({ ...namesQuery(prefix), enabled: prefix !== "" });
  const offered = typed === null ? [] : (data?.people ?? []);
  const now = [...known, ...(picked ? [picked] : [])].find(
    (each) => each.id === person,
  );
  const pick = (found: Person | null) => {
    setPicked(found);
    setTyped(null);
    onChange(found?.id ?? null);
  };
  return (
    <label>
      Person
      <input
        list={id}
        value={typed ?? now?.name ?? ""}
        placeholder="anybody"
        autoComplete="off"
        onChange={({ target: { value } }) => {
          const found = offered.find(({ name }) => name === value);
          if (value === "") pick(null);
          else if (found) pick(found);
          else setTyped(value);
        }}
        onKeyDown={({ key }) => {
          const [first] = offered;
          if (key === "Enter" && first) pick(first);
          if (key === "Escape") setTyped(null);
        }}
      />
      <datalist id={id}>
        {offered.map(({ id: value, name }) => (
          <option key={value} value={name} />
        ))}
      </datalist>
    </label>
  );
}

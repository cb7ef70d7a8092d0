"use client";

import { useId, type KeyboardEvent, type Ref } from "react";
import { parseQuery, QUERY_MAX, type Problem } from "#lib/query/index";
import { QueryChips } from "./query-chips";
import { QueryHelp } from "./query-help";
import { QueryProblems } from "./query-problems";
import { useDebounced } from "./use-debounced";
import styles from "./query-box.module.css";

interface QueryBoxProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
  /** What the server did not understand of it. */
  refused?: readonly Problem[];
  large?: boolean;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/**
 * Where a search or a filter is typed: the box, what of it is wrong, its
 * filters as chips, and how it is written.
 */
export function QueryBox(props: QueryBoxProps) {
  const { label, placeholder, value, onChange, refused = [] } = props;
  const { large = false, autoFocus, inputRef, onKeyDown } = props;
  const id = useId();
  const parsed = parseQuery(value);
  // Half a word is not wrong yet.
  const still = useDebounced(value, 300) === value;
  const found = parsed.problems.length > 0 ? parsed.problems : refused;
  const problems = still ? found : [];
  return (
    <div className={styles.query}>
      <div className={styles.line}>
        <input
          ref={inputRef}
          type="search"
          className={styles.box}
          data-large={large || undefined}
          aria-label={label}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={problems.length > 0 ? id : undefined}
          placeholder={placeholder}
          value={value}
          maxLength={QUERY_MAX}
          autoFocus={autoFocus}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
        <QueryHelp onTry={onChange} />
      </div>
      <div aria-live="polite">
        <QueryProblems
          id={id}
          text={value}
          problems={problems}
          onChange={onChange}
        />
      </div>
      <QueryChips text={value} parsed={parsed} onChange={onChange} />
    </div>
  );
}

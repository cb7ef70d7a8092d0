"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from "react";
import type { Person } from "#lib/contract/index";
import { namesQuery } from "#app/_queries/comments";
import styles from "./comments.module.css";

interface MentionFieldProps {
  value: string;
  onChange: (text: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Its accessible name. */
  name: string;
  placeholder?: string | undefined;
  maxLength: number;
  disabled: boolean;
  autoFocus?: boolean | undefined;
}

/** A name being typed: where its "@" is, and what there is of it. */
interface Begun {
  start: number;
  prefix: string;
}

/** Several lines of text; after "@" it offers people's names. */
export function MentionField(props: MentionFieldProps) {
  const { value, onChange, field, name, autoFocus, ...rest } = props;
  const id = useId();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [at, setAt] = useState(0);
  const caret = useRef<number | null>(null);
  useEffect(() => {
    if (caret.current === null) return;
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const people = usePeople(begun);
  const chosen = Math.min(at, people.length - 1);

  const look = ({ value: text, selectionEnd }: HTMLTextAreaElement) => {
    const next = begunName(text.slice(0, selectionEnd));
    if (next?.prefix !== begun?.prefix) setAt(0);
    setBegun(next);
  };
  const take = ({ name: taken }: Person) => {
    if (!begun || !field.current) return;
    const before = `${value.slice(0, begun.start)}@${taken} `;
    const after = value.slice(field.current.selectionEnd).replace(/^ /, "");
    caret.current = before.length;
    onChange(before + after);
    setBegun(null);
    field.current.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (people.length === 0) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      setAt((chosen + step + people.length) % people.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      take(people[chosen]!);
    } else if (event.key === "Escape") {
      setBegun(null);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = people.length > 0;
  return (
    <div className={styles.field}>
      <textarea
        {...rest}
        ref={field}
        aria-label={name}
        aria-autocomplete="list"
        aria-controls={open ? id : undefined}
        aria-activedescendant={open ? `${id}${chosen}` : undefined}
        value={value}
        rows={Math.min(8, Math.max(2, value.split("\n").length))}
        autoFocus={autoFocus}
        onChange={(event) => {
          onChange(event.target.value);
          look(event.target);
        }}
        onSelect={(event) => {
          look(event.currentTarget);
        }}
        onBlur={() => {
          setBegun(null);
        }}
        onKeyDown={onKeyDown}
      />
      {open ? (
        <ul id={id} role="listbox" aria-label="People" className={styles.names}>
          {people.map((person, i) => (
            <li
              key={person.id}
              id={`${id}${i}`}
              role="option"
              aria-selected={i === chosen}
              // Before the field loses the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              <bdi>{person.name}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
      <span role="status" className="visually-hidden">
        {open
          ? `${people.length} ${people.length === 1 ? "name" : "names"}; arrows choose, Enter takes`
          : ""}
      </span>
    </div>
  );
}

/** Who fits what is typed; what came for fewer letters serves meanwhile. */
function usePeople(begun: Begun | null): Person[] {
  const { data } = useQuery({
    ...namesQuery(begun?.prefix.toLowerCase() ?? ""),
    enabled: begun !== null,
    placeholderData: keepPreviousData,
  });
  if (begun === null) return [];
  const prefix = begun.prefix.toLowerCase();
  return (data?.people ?? []).filter((person) =>
    person.name.toLowerCase().startsWith(prefix),
  );
}

const NAME_WORDS = 4;

/** The name that a text ends with, if it ends within one (lib/labels/mentions). */
function begunName(text: string): Begun | null {
  const found = /(?<![\p{L}\p{N}_.])@((?! )[^\n@]{0,60})$/u.exec(text);
  if (!found || found[1]!.split(" ").length > NAME_WORDS) return null;
  return { start: found.index, prefix: found[1]! };
}

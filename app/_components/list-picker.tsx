"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState, type FormEvent } from "react";
import { z } from "zod";
import { may } from "#lib/policy";
import type { List } from "#lib/contract/index";
import { changeKey } from "#app/_queries/change";
import { labellingQuery } from "#app/_queries/labels";
import {
  keyedList,
  listsQuery,
  useListChange,
  useNewList,
} from "#app/_queries/lists";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { listHref } from "./list-links";
import { ShowMore } from "./show-more";
import { useDraft } from "./use-draft";
import styles from "./keep.module.css";

interface ListPickerProps {
  saeId: string;
  feature: number;
  /** The lists it is in. */
  holding: readonly { id: number; name: string }[];
}

/** Puts a feature on lists and takes it off; makes a new one for it. */
export function ListPicker({ saeId, feature, holding }: ListPickerProps) {
  const viewer = useViewer();
  const anybodys =
    viewer !== undefined && may(viewer, "list.edit", { own: false });
  const query = useInfiniteQuery(
    listsQuery(anybodys ? null : (viewer?.id ?? "")),
  );
  const lists = query.data?.pages.flatMap((page) => page.lists) ?? [];
  const others = holding.filter(({ id }) => lists.every((l) => l.id !== id));
  return (
    <div className={styles.picker}>
      {query.isPending ? <p className="muted">Loading …</p> : null}
      {query.error ? <p role="alert">{query.error.message}</p> : null}
      <ul className={styles.choices}>
        {lists.map((list) => (
          <ListChoice
            key={list.id}
            list={list}
            saeId={saeId}
            feature={feature}
            checked={holding.some(({ id }) => id === list.id)}
          />
        ))}
      </ul>
      <ShowMore query={query}>Show more</ShowMore>
      {others.length === 0 ? null : (
        <p className="small">
          Also on{" "}
          {others.map(({ id, name }, i) => (
            <span key={id}>
              {i > 0 ? ", " : ""}
              <Link href={listHref(id)}>{name}</Link>
            </span>
          ))}
        </p>
      )}
      <NewListFor saeId={saeId} feature={feature} />
    </div>
  );
}

interface ListChoiceProps {
  list: List;
  saeId: string;
  feature: number;
  checked: boolean;
}

function ListChoice({ list, saeId, feature, checked }: ListChoiceProps) {
  const client = useQueryClient();
  const change = useListChange(list.id);
  // What it will be, until the feature's page knows.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const { queryKey } = labellingQuery(saeId, feature);
  const toggle = (on: boolean) => {
    setWanted(on);
    const item = { sae: saeId, feature };
    change.mutate(keyedList({ kind: on ? "add" : "remove", item }), {
      onSettled: () => {
        void client.invalidateQueries({ queryKey }).then(() => {
          setWanted(null);
        });
      },
    });
  };
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={wanted ?? checked}
          onChange={(event) => {
            toggle(event.target.checked);
          }}
        />
        <bdi>{list.name}</bdi>
      </label>
      <Link href={listHref(list.id)} aria-label={`Open the list ${list.name}`}>
        {list.itemCount}
      </Link>
      {change.error ? <p role="alert">{change.error.message}</p> : null}
    </li>
  );
}

function NewListFor({ saeId, feature }: { saeId: string; feature: number }) {
  const viewer = useViewer();
  const [name, setName] = useDraft(`${viewer?.id ?? ""}.list`, z.string());
  const make = useNewList();
  const refusal = refusalOf(viewer, "list.create");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const item = { sae: saeId, feature };
    make.mutate(
      { name: name?.trim() ?? "", description: "", item, key: changeKey() },
      {
        onSuccess: () => {
          setName(null);
        },
      },
    );
  };
  return (
    <form className={styles.row} onSubmit={submit}>
      <input
        aria-label="Name of a new list"
        placeholder="New list …"
        maxLength={120}
        autoComplete="off"
        value={name ?? ""}
        disabled={refusal !== undefined}
        onChange={(event) => {
          setName(event.target.value === "" ? null : event.target.value);
        }}
      />
      <button
        type="submit"
        disabled={refusal !== undefined || !name?.trim() || make.isPending}
      >
        Make and add
      </button>
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      {make.error ? <p role="alert">{make.error.message}</p> : null}
    </form>
  );
}

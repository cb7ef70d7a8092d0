"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent } from "react";
import { z } from "zod";
import { changeKey } from "#app/_queries/change";
import { listsQuery, useNewList } from "#app/_queries/lists";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { formatCount, formatTime } from "./format";
import { listHref } from "./list-links";
import { useDraft } from "./use-draft";
import { useUrlParams } from "./use-url-params";
import { ShowMore } from "./show-more";
import forms from "./form.module.css";
import styles from "./lists.module.css";

/** Named collections of features: everybody's, or one's own. */
export function ListsView() {
  const viewer = useViewer();
  const [params, change] = useUrlParams();
  const mine = params.get("whose") === "mine";
  const query = useSuspenseInfiniteQuery(
    listsQuery(mine ? (viewer?.id ?? "") : null),
  );
  const lists = query.data.pages.flatMap((page) => page.lists);
  return (
    <div className={styles.page}>
      <div>
        <h1>Lists</h1>
        <p className="muted">
          Collections of features, of one SAE or several, in an order that says
          something. Everybody sees them; their owners and maintainers change
          them.
        </p>
      </div>
      <NewList />
      <section className={`card ${forms.section}`} aria-label="All lists">
        <div className={styles.kinds} role="group" aria-label="Whose lists">
          {([null, "mine"] as const).map((whose) => (
            <button
              key={whose}
              type="button"
              aria-pressed={mine === (whose === "mine")}
              onClick={() => {
                change({ whose });
              }}
            >
              {whose === null ? "Everybody’s" : "Yours"}
            </button>
          ))}
        </div>
        {lists.length === 0 ? (
          <p>{mine ? "You have no list yet." : "There is no list yet."}</p>
        ) : (
          <ul className={forms.list} aria-label="Lists">
            {lists.map((list) => (
              <li key={list.id}>
                <div>
                  <Link href={listHref(list.id)} prefetch={false}>
                    <bdi>{list.name}</bdi>
                  </Link>
                  <div className="muted small">
                    <bdi>{list.owner.name}</bdi>, {formatTime(list.updatedAt)}
                  </div>
                </div>
                <span className="muted">
                  {formatCount(list.itemCount)}{" "}
                  {list.itemCount === 1 ? "feature" : "features"}
                </span>
              </li>
            ))}
          </ul>
        )}
        <ShowMore query={query}>Show more</ShowMore>
      </section>
    </div>
  );
}

/** The place to begin a list; features join it on their own pages. */
function NewList() {
  const viewer = useViewer();
  const router = useRouter();
  const [name, setName] = useDraft(`${viewer?.id ?? ""}.list`, z.string());
  const make = useNewList();
  const refusal = refusalOf(viewer, "list.create");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = name?.trim() ?? "";
    if (text === "") return;
    make.mutate(
      { name: text, description: "", item: null, key: changeKey() },
      {
        onSuccess: ({ id }) => {
          setName(null);
          router.push(listHref(id));
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
        data-kind="primary"
        disabled={refusal !== undefined || !name?.trim() || make.isPending}
      >
        Make it
      </button>
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      {make.error ? (
        <p role="alert" className={forms.error}>
          {make.error.message}
        </p>
      ) : null}
    </form>
  );
}

"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { List, ListItem } from "#lib/contract/index";
import { keyedList, listQuery, useListChange } from "#app/_queries/lists";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { formatCount, formatTime } from "./format";
import { ListDescription } from "./list-description";
import { ListItems } from "./list-items";
import { ListTools } from "./list-tools";
import { useDraft } from "./use-draft";
import { listDraftSchema } from "./list-draft";
import { ShowMore } from "./show-more";
import { UndoNote } from "./undo-note";
import forms from "./form.module.css";
import styles from "./lists.module.css";

/** A list of features: read, order, annotate, share. */
export function ListView({ id }: { id: number }) {
  const viewer = useViewer();
  const query = useSuspenseInfiniteQuery(listQuery(id));
  const list = query.data.pages[0]!.list;
  const items = query.data.pages.flatMap((page) => page.items);
  const change = useListChange(id);
  const key = `${viewer?.id ?? ""}.list.${id}`;
  const [draft, setDraft] = useDraft(key, listDraftSchema);
  const refusal = list.deleted
    ? "This list was deleted."
    : refusalOf(viewer, "list.edit", list.owner.id);
  return (
    <div className={styles.page}>
      {draft === null ? (
        <ListHead list={list} />
      ) : (
        <ListDescription list={list} draft={draft} onDraft={setDraft} />
      )}
      <ListTools
        list={list}
        refusal={refusal}
        onEdit={
          draft === null
            ? () => {
                const { name, description, version } = list;
                setDraft({ name, description, version });
              }
            : undefined
        }
      />
      {change.error ? (
        <p role="alert" className={forms.error}>
          {change.error.message}
        </p>
      ) : null}
      <Items
        list={list}
        items={items}
        hasMore={query.hasNextPage}
        refusal={refusal}
        change={change}
      />
      <ShowMore query={query}>Show more</ShowMore>
    </div>
  );
}

function ListHead({ list }: { list: List }) {
  return (
    <div className={styles.head}>
      <h1 dir="auto">{list.name}</h1>
      <p className="muted small">
        <bdi>{list.owner.name}</bdi>, {formatTime(list.createdAt)} ·{" "}
        {formatCount(list.itemCount)}{" "}
        {list.itemCount === 1 ? "feature" : "features"}
      </p>
      {list.description === "" ? null : (
        <p className={styles.text} dir="auto">
          {list.description}
        </p>
      )}
    </div>
  );
}

interface ItemsProps {
  list: List;
  items: readonly ListItem[];
  hasMore: boolean;
  refusal: string | undefined;
  change: ReturnType<typeof useListChange>;
}

/** The features, and the way back for one that was taken off. */
function Items({ list, items, hasMore, refusal, change }: ItemsProps) {
  const [removed, setRemoved] = useState<{
    item: ListItem;
    next: ListItem | undefined;
  } | null>(null);
  const undo = () => {
    if (removed === null) return;
    const item = addressOf(removed.item);
    const next = removed.next && addressOf(removed.next);
    setRemoved(null);
    if (!item) return;
    change.mutate(keyedList({ kind: "add", item, note: removed.item.note }));
    if (next) change.mutate(keyedList({ kind: "move", item, before: next }));
  };
  return (
    <>
      {removed === null ? null : (
        <UndoNote onUndo={undo}>
          Took #{removed.item.feature} off the list.
        </UndoNote>
      )}
      {items.length === 0 ? (
        <p className="card">
          Nothing is on it yet. On a feature’s page press <kbd>L</kbd>.
        </p>
      ) : (
        <ListItems
          list={list}
          items={items}
          hasMore={hasMore}
          refusal={refusal}
          onMove={(item, before) => {
            const moved = addressOf(item);
            const to = before && addressOf(before);
            if (!moved || to === undefined) return;
            change.mutate(keyedList({ kind: "move", item: moved, before: to }));
          }}
          onNote={(noted, note) => {
            const item = addressOf(noted);
            if (item) change.mutate(keyedList({ kind: "note", item, note }));
          }}
          onRemove={(taken) => {
            const item = addressOf(taken);
            if (!item) return;
            const next = items[items.indexOf(taken) + 1];
            change.mutate(keyedList({ kind: "remove", item }));
            setRemoved({ item: taken, next });
          }}
        />
      )}
    </>
  );
}

/** What the API calls it; undefined when its SAE is not here any more. */
function addressOf({ sae, feature }: ListItem) {
  return sae === null ? undefined : { sae, feature };
}

"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { z } from "zod";
import type { ListItem as Item } from "#lib/contract/index";
import { useViewer } from "#app/_queries/viewer";
import { FeatureLine } from "./feature-line";
import { useDraft } from "./use-draft";
import type { DropMark } from "./use-list-drag";
import styles from "./lists.module.css";

interface ListItemProps {
  listId: number;
  item: Item;
  /** From 0. */
  place: number;
  count: number;
  /** Why the list may not be changed. */
  refusal: string | undefined;
  drop: DropMark;
  onGrip: (event: PointerEvent<HTMLElement>) => void;
  onMove: (to: number) => void;
  onNote: (note: string | null) => void;
  onRemove: () => void;
}

/** One feature of a list: its place, what it is, what is noted of it. */
export function ListItem(props: ListItemProps) {
  const { listId, item, place, count, refusal, drop, onGrip, onMove } = props;
  const viewer = useViewer();
  const key = `${viewer?.id ?? ""}.list.${listId}.${item.saeHash}.${item.feature}`;
  const [draft, setDraft] = useDraft(key, z.string());
  const fixed = refusal !== undefined || item.sae === null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowUp: place - 1,
      ArrowDown: place + 1,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <li data-drop={drop ?? undefined}>
      {fixed ? (
        <span className={styles.place}>{place + 1}</span>
      ) : (
        <button
          type="button"
          data-kind="quiet"
          data-grip
          className={styles.grip}
          aria-label={`#${item.feature}, number ${place + 1} of ${count}: arrow keys move it`}
          title="Drag, or move by ↑ ↓ Home End"
          onPointerDown={onGrip}
          onKeyDown={onKeyDown}
        >
          <span aria-hidden="true">⠿</span> {place + 1}
        </button>
      )}
      <div className={styles.item}>
        <FeatureLine {...item} />
        {draft === null ? (
          item.note === null ? null : (
            <p className={styles.text} dir="auto">
              {item.note}
            </p>
          )
        ) : (
          <NoteForm
            feature={item.feature}
            draft={draft}
            onDraft={setDraft}
            onSave={props.onNote}
          />
        )}
      </div>
      {fixed || draft !== null ? null : (
        <div className={styles.actions}>
          <button
            type="button"
            data-kind="quiet"
            aria-label={`Note on #${item.feature}`}
            onClick={() => {
              setDraft(item.note ?? "");
            }}
          >
            {item.note === null ? "Add a note" : "Edit the note"}
          </button>
          <button
            type="button"
            data-kind="quiet"
            aria-label={`Take #${item.feature} off the list`}
            onClick={props.onRemove}
          >
            Take off
          </button>
        </div>
      )}
    </li>
  );
}

interface NoteFormProps {
  feature: number;
  draft: string;
  onDraft: (draft: string | null) => void;
  onSave: (note: string | null) => void;
}

/** What is noted of one feature, being written. */
function NoteForm({ feature, draft, onDraft, onSave }: NoteFormProps) {
  const save = () => {
    const note = draft.trim();
    onSave(note === "" ? null : note);
    onDraft(null);
  };
  return (
    <form
      className={styles.row}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        const { key, ctrlKey, metaKey } = event;
        if (key === "Enter" && (ctrlKey || metaKey)) save();
        if (key === "Escape") onDraft(null);
      }}
    >
      <textarea
        aria-label={`Note on feature ${feature}`}
        value={draft}
        maxLength={2000}
        rows={2}
        autoFocus
        onChange={(event) => {
          onDraft(event.target.value);
        }}
      />
      <button type="submit" title="Ctrl+Enter">
        Save note
      </button>
    </form>
  );
}

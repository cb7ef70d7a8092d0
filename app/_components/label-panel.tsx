"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Label } from "#lib/contract/index";
import { keyed, labellingQuery, useLabelChange } from "#app/_queries/labels";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { contentsOf, EMPTY_DRAFT, labelDraftSchema } from "./label-draft";
import { LabelForm } from "./label-form";
import { LabelItem } from "./label-item";
import { PresenceLine } from "./presence";
import { StateBadge } from "./state-badge";
import { useDraft } from "./use-draft";
import { useHotkey } from "./use-hotkey";
import { UndoNote } from "./undo-note";
import styles from "./label-panel.module.css";

interface LabelPanelProps {
  saeId: string;
  feature: number;
}

/** What people call this feature, and the place to say it. */
export function LabelPanel({ saeId, feature }: LabelPanelProps) {
  const { data, error } = useQuery(labellingQuery(saeId, feature));
  const [deleted, setDeleted] = useState<Label | null>(null);
  const [chosenAt, setChosenAt] = useState(0);
  const change = useLabelChange(saeId, feature);
  const labels = ranked(data?.labels ?? []);
  const chosen = Math.min(chosenAt, labels.length - 1);
  useHotkey("n", () => {
    setChosenAt(Math.min(chosen + 1, labels.length - 1));
  });
  useHotkey("p", () => {
    setChosenAt(Math.max(chosen - 1, 0));
  });

  const remove = (label: Label) => {
    change.mutate(keyed({ kind: "delete", label }), {
      onSuccess: setDeleted,
    });
  };
  return (
    <section className={`card ${styles.panel}`} aria-label="Labels">
      <div className={styles.head}>
        <h2>Labels</h2>
        {data ? <StateBadge state={data.state.state} /> : null}
      </div>
      <PresenceLine saeId={saeId} feature={feature} />
      {error ? (
        <p role="alert" className={styles.error}>
          {error.message}
        </p>
      ) : null}
      {labels.length === 0 ? null : (
        <ul className={styles.labels}>
          {labels.map((label, i) => (
            <LabelItem
              key={label.id}
              saeId={saeId}
              label={label}
              chosen={i === chosen}
              onDelete={remove}
            />
          ))}
        </ul>
      )}
      {deleted === null ? null : (
        <UndoNote
          onUndo={() => {
            change.mutate(keyed({ kind: "restore", label: deleted }));
            setDeleted(null);
          }}
        >
          Deleted “{deleted.text}”.
        </UndoNote>
      )}
      {change.error ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
      <NewLabel saeId={saeId} feature={feature} />
    </section>
  );
}

/** The place for a new label; what is typed stays until it is saved. */
export function NewLabel({ saeId, feature }: LabelPanelProps) {
  const viewer = useViewer();
  const key = `${viewer?.id ?? ""}.${saeId}.${feature}.new`;
  const [draft, setDraft] = useDraft(key, labelDraftSchema);
  const change = useLabelChange(saeId, feature);
  const input = useRef<HTMLInputElement>(null);
  useHotkey("l", () => input.current?.focus());

  const save = () => {
    if (!draft) return;
    setDraft(null);
    const contents = contentsOf(draft);
    change.mutate(keyed({ kind: "create", contents }), {
      // What was typed comes back if it could not be saved.
      onError: () => {
        setDraft(draft);
      },
    });
  };
  return (
    <>
      <LabelForm
        name="New label"
        placeholder="What is this feature? (l)"
        submit="Save label"
        draft={draft ?? EMPTY_DRAFT}
        onChange={setDraft}
        onSubmit={save}
        refusal={refusalOf(viewer, "label.create")}
        input={input}
      />
      {change.error ? (
        <p role="alert" className={styles.error}>
          Not saved: {change.error.message} What you wrote is kept here.
        </p>
      ) : null}
    </>
  );
}

/** The accepted one, then by net votes, then the newest. */
function ranked(labels: readonly Label[]): Label[] {
  const net = (label: Label) => label.up - label.down;
  return labels.toSorted(
    (a, b) =>
      Number(b.accepted) - Number(a.accepted) || net(b) - net(a) || b.id - a.id,
  );
}

"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { labelSchema, type Label } from "#lib/contract/index";
import { ApiError } from "#app/_queries/api";
import { keyed, useLabelChange } from "#app/_queries/labels";
import {
  contentsOf,
  isChanged,
  mergedDraft,
  type LabelDraft,
} from "./label-draft";
import { LabelForm } from "./label-form";
import styles from "./label-panel.module.css";

// Seldom needed; it comes when it is.
const LabelConflict = dynamic(() =>
  import("./label-conflict").then((m) => m.LabelConflict),
);

interface LabelEditorProps {
  saeId: string;
  label: Label;
  draft: LabelDraft;
  /** Null: there is no draft any more. */
  onDraft: (draft: LabelDraft | null) => void;
}

interface Conflict {
  mine: LabelDraft;
  theirs: Label;
}

/** A label being edited. The draft is given up only when it is saved. */
export function LabelEditor(props: LabelEditorProps) {
  const { saeId, label, draft, onDraft } = props;
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const change = useLabelChange(saeId, label.feature);
  const base = draft.base ?? label;

  const met = (theirs: Label, mine: LabelDraft) => {
    setConflict({ mine, theirs });
    onDraft(mergedDraft(mine, theirs));
  };
  const save = () => {
    if (!isChanged(draft)) {
      onDraft(null);
      return;
    }
    // What came by live update is known to be newer: no need to be refused.
    if (conflict === null && label.version > base.version) {
      met(label, draft);
      return;
    }
    const contents = contentsOf(draft);
    change.mutate(keyed({ kind: "edit", label: base, contents }), {
      onSuccess: () => {
        setConflict(null);
        onDraft(null);
      },
      onError: (error) => {
        const theirs = conflicting(error);
        if (theirs) met(theirs, draft);
      },
    });
  };
  const drop = () => {
    setConflict(null);
    onDraft(null);
  };
  return (
    <>
      {conflict ? (
        <LabelConflict
          key={conflict.theirs.version}
          {...conflict}
          merged={draft}
          onChange={onDraft}
          onSave={save}
          onKeepTheirs={drop}
        />
      ) : (
        <>
          {label.version > base.version ? (
            <p role="status" className={styles.newer}>
              {label.editor.name} changed this label since you began: “
              {label.text}”. Saving shows both.
            </p>
          ) : null}
          <LabelForm
            name="Edit label"
            submit={change.isPending ? "Saving …" : "Save"}
            draft={draft}
            onChange={onDraft}
            onSubmit={save}
            onCancel={drop}
            refusal={undefined}
            autoFocus
          />
        </>
      )}
      {change.error && !conflicting(change.error) ? (
        <p role="alert" className={styles.error}>
          Not saved: {change.error.message} What you wrote is kept here.
        </p>
      ) : null}
    </>
  );
}

/** The label as somebody else left it, if that is why an edit was refused. */
function conflicting(error: Error): Label | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const details = error.details as { label?: unknown } | null;
  const parsed = labelSchema.safeParse(details?.label);
  return parsed.success ? parsed.data : null;
}

"use client";

import { useId, type FormEvent, type RefObject } from "react";
import { LABEL_MAX } from "#lib/contract/index";
import { contentsOf, type LabelDraft } from "./label-draft";
import styles from "./label-panel.module.css";

interface LabelFormProps {
  draft: LabelDraft;
  /** The name of the text field. */
  name: string;
  placeholder?: string;
  submit: string;
  onChange: (draft: LabelDraft) => void;
  onSubmit: () => void;
  onCancel?: () => void;
  /** Why it may not be saved. */
  refusal: string | undefined;
  input?: RefObject<HTMLInputElement | null>;
  autoFocus?: boolean;
}

/** The fields of a label; what is not always needed opens with it. */
export function LabelForm(props: LabelFormProps) {
  const { draft, onChange, onSubmit, onCancel, refusal, input, ...rest } =
    props;
  const more = draft.note !== "" || draft.tags !== "" || !!draft.confidence;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (refusal === undefined && contentsOf(draft).text !== "") onSubmit();
  };
  return (
    <form
      onSubmit={submit}
      className={styles.form}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !onCancel) return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <input
        ref={input}
        aria-label={rest.name}
        placeholder={rest.placeholder}
        value={draft.text}
        maxLength={LABEL_MAX}
        autoComplete="off"
        autoFocus={rest.autoFocus}
        disabled={refusal !== undefined}
        onChange={(event) => {
          onChange({ ...draft, text: event.target.value });
        }}
      />
      <details open={more || undefined} className={styles.more}>
        <summary>Note, confidence, tags</summary>
        <LabelDetails draft={draft} onChange={onChange} />
      </details>
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      <div className={styles.row}>
        <button
          type="submit"
          data-kind="primary"
          disabled={refusal !== undefined || contentsOf(draft).text === ""}
        >
          {rest.submit}
        </button>
        {onCancel ? (
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        ) : null}
      </div>
    </form>
  );
}

/** The fields of a label besides its text. */
export function LabelDetails(props: {
  draft: LabelDraft;
  onChange: (draft: LabelDraft) => void;
}) {
  const { draft, onChange } = props;
  const id = useId();
  return (
    <div className={styles.details}>
      <label htmlFor={`${id}n`}>Note</label>
      <textarea
        id={`${id}n`}
        value={draft.note}
        maxLength={2000}
        rows={2}
        placeholder="Why? Exceptions?"
        onChange={(event) => {
          onChange({ ...draft, note: event.target.value });
        }}
      />
      <label htmlFor={`${id}c`}>Confidence</label>
      <select
        id={`${id}c`}
        value={draft.confidence ?? ""}
        onChange={(event) => {
          const { value } = event.target;
          const confidence = (["low", "medium", "high"] as const).find(
            (level) => level === value,
          );
          onChange({ ...draft, confidence: confidence ?? null });
        }}
      >
        <option value="">not said</option>
        <option value="low">low</option>
        <option value="medium">medium</option>
        <option value="high">high</option>
      </select>
      <label htmlFor={`${id}t`}>Tags</label>
      <input
        id={`${id}t`}
        value={draft.tags}
        placeholder="syntax, months"
        autoComplete="off"
        onChange={(event) => {
          onChange({ ...draft, tags: event.target.value });
        }}
      />
    </div>
  );
}

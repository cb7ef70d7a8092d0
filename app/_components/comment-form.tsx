"use client";

import { useRef, type FormEvent, type ReactNode, type RefObject } from "react";
import { COMMENT_MAX } from "#lib/contract/index";
import { MentionField } from "./mention-field";
import styles from "./comments.module.css";

interface CommentFormProps {
  text: string;
  onText: (text: string) => void;
  onSubmit: () => void;
  onCancel?: () => void;
  /** The name of the text field. */
  name: string;
  placeholder?: string;
  submit: string;
  /** Why it may not be sent. */
  refusal: string | undefined;
  field?: RefObject<HTMLTextAreaElement | null>;
  autoFocus?: boolean;
  /** More fields, beside the button. */
  children?: ReactNode;
}

/** A comment being written. Ctrl+Enter sends it, Esc leaves it as it is. */
export function CommentForm(props: CommentFormProps) {
  const { text, onText, onSubmit, onCancel, refusal, submit, ...rest } = props;
  const own = useRef<HTMLTextAreaElement>(null);
  const field = rest.field ?? own;
  const empty = text.trim() === "";
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (refusal === undefined && !empty) onSubmit();
  };
  return (
    <form
      className={styles.form}
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          send();
        }
        if (event.key !== "Escape") return;
        event.stopPropagation();
        if (empty && onCancel) onCancel();
        else field.current?.blur();
      }}
    >
      <MentionField
        value={text}
        onChange={onText}
        field={field}
        name={rest.name}
        placeholder={rest.placeholder}
        maxLength={COMMENT_MAX}
        disabled={refusal !== undefined}
        autoFocus={rest.autoFocus}
      />
      {refusal === undefined ? null : <p className="muted small">{refusal}</p>}
      {refusal === undefined && (!empty || onCancel) ? (
        <div className={styles.row}>
          <button
            type="submit"
            data-kind="primary"
            title="Ctrl+Enter"
            disabled={empty}
          >
            {submit}
          </button>
          {onCancel ? (
            <button type="button" onClick={onCancel}>
              Cancel
            </button>
          ) : null}
          {rest.children}
        </div>
      ) : null}
    </form>
  );
}

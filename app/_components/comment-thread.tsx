"use client";

import type { Comment, Label } from "#lib/contract/index";
import { keyedComment } from "#app/_queries/comments";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { EMPTY_COMMENT, useCommentDraft } from "./comment-draft";
import { CommentForm } from "./comment-form";
import { CommentItem } from "./comment-item";
import type { Thread } from "./comment-threads";
import styles from "./comments.module.css";

interface CommentThreadProps {
  saeId: string;
  thread: Thread;
  labels: readonly Label[];
  onDelete: (comment: Comment) => void;
}

/** A comment, its answers, and the place for one more. */
export function CommentThread(props: CommentThreadProps) {
  const { saeId, thread, labels, onDelete } = props;
  const { comment: first, replies } = thread;
  const viewer = useViewer();
  const key = `${viewer?.id ?? ""}.${saeId}.${first.feature}.reply.${first.id}`;
  const { draft, setDraft, change } = useCommentDraft(
    key,
    saeId,
    first.feature,
  );
  const send = () => {
    if (!draft) return;
    setDraft(null);
    change.mutate(
      keyedComment({
        kind: "post",
        text: draft.text.trim(),
        label: null,
        parent: first.id,
      }),
    );
  };
  // Who answers an answer means its author.
  const reply = (to: Comment) => () => {
    const named = to === first ? "" : `@${to.author.name} `;
    setDraft(draft ?? { ...EMPTY_COMMENT, text: named });
  };
  const item = (comment: Comment) => (
    <CommentItem
      saeId={saeId}
      comment={comment}
      label={labels.find((label) => label.id === comment.label)}
      onReply={reply(comment)}
      onDelete={onDelete}
    />
  );
  return (
    <li>
      {item(first)}
      {replies.length === 0 ? null : (
        <ul className={styles.replies} aria-label="Replies">
          {replies.map((comment) => (
            <li key={comment.id}>{item(comment)}</li>
          ))}
        </ul>
      )}
      {draft === null ? null : (
        <div className={styles.reply}>
          <CommentForm
            name={`Reply to ${first.author.name}`}
            submit="Reply"
            text={draft.text}
            onText={(text) => {
              setDraft({ ...draft, text });
            }}
            onSubmit={send}
            onCancel={() => {
              setDraft(null);
            }}
            refusal={refusalOf(viewer, "comment.create")}
            autoFocus
          />
        </div>
      )}
      {change.error ? (
        <p role="alert" className={styles.error}>
          Not sent: {change.error.message} What you wrote is kept here.
        </p>
      ) : null}
    </li>
  );
}

"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Comment, Label } from "#lib/contract/index";
import {
  commentsQuery,
  keyedComment,
  useCommentChange,
} from "#app/_queries/comments";
import { labellingQuery } from "#app/_queries/labels";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { EMPTY_COMMENT, useCommentDraft } from "./comment-draft";
import { CommentForm } from "./comment-form";
import { CommentThread } from "./comment-thread";
import { commentThreads } from "./comment-threads";
import { useHotkey } from "./use-hotkey";
import { ShowMore } from "./show-more";
import { UndoNote } from "./undo-note";
import styles from "./comments.module.css";

interface CommentPanelProps {
  saeId: string;
  feature: number;
}

/** What people say to each other of this feature, in threads. */
export function CommentPanel({ saeId, feature }: CommentPanelProps) {
  const query = useInfiniteQuery(commentsQuery(saeId, feature));
  const { data: labelling } = useQuery(labellingQuery(saeId, feature));
  const [deleted, setDeleted] = useState<Comment | null>(null);
  const change = useCommentChange(saeId, feature);
  const labels = labelling?.labels ?? [];
  const comments = query.data?.pages.flatMap((page) => page.comments) ?? [];
  const threads = commentThreads(comments);
  const count = labelling?.state.commentCount ?? 0;

  const remove = (comment: Comment) => {
    change.mutate(keyedComment({ kind: "delete", comment }), {
      onSuccess: ({ version }) => {
        setDeleted({ ...comment, version });
      },
    });
  };
  const showAll = async () => {
    let page = await query.fetchNextPage();
    while (page.hasNextPage) page = await query.fetchNextPage();
  };
  return (
    <section className={`card ${styles.panel}`} aria-label="Comments">
      <h2>
        Comments{" "}
        {count === 0 ? null : <span className="muted small">{count}</span>}
      </h2>
      {query.error ? (
        <p role="alert" className={styles.error}>
          {query.error.message}
        </p>
      ) : null}
      {threads.length === 0 ? null : (
        <ul className={styles.threads}>
          {threads.map((thread) => (
            <CommentThread
              key={thread.comment.id}
              saeId={saeId}
              thread={thread}
              labels={labels}
              onDelete={remove}
            />
          ))}
        </ul>
      )}
      <ShowMore query={query}>Show later comments</ShowMore>
      {deleted === null ? null : (
        <UndoNote
          onUndo={() => {
            change.mutate(keyedComment({ kind: "restore", comment: deleted }));
            setDeleted(null);
          }}
        >
          Deleted a comment.
        </UndoNote>
      )}
      {change.error ? (
        <p role="alert" className={styles.error}>
          {change.error.message}
        </p>
      ) : null}
      <NewComment
        saeId={saeId}
        feature={feature}
        labels={labels}
        onSent={() => {
          if (query.hasNextPage) void showAll();
        }}
      />
    </section>
  );
}

interface NewCommentProps extends CommentPanelProps {
  labels: readonly Label[];
  onSent: () => void;
}

/** The place for a new comment; what is typed stays until it is sent. */
function NewComment({ saeId, feature, labels, onSent }: NewCommentProps) {
  const viewer = useViewer();
  const key = `${viewer?.id ?? ""}.${saeId}.${feature}.comment`;
  const { draft, setDraft, change } = useCommentDraft(key, saeId, feature);
  const field = useRef<HTMLTextAreaElement>(null);
  useHotkey("m", () => {
    field.current?.focus();
    field.current?.scrollIntoView({ block: "nearest" });
  });
  const written = draft ?? EMPTY_COMMENT;
  const label = labels.some(({ id }) => id === written.label)
    ? written.label
    : null;
  const send = () => {
    setDraft(null);
    change.mutate(
      keyedComment({
        kind: "post",
        text: written.text.trim(),
        label,
        parent: null,
      }),
      { onSuccess: onSent },
    );
  };
  return (
    <>
      <CommentForm
        name="New comment"
        placeholder="Comment, name people with @ (m)"
        submit="Comment"
        text={written.text}
        onText={(text) => {
          setDraft(text === "" ? null : { ...written, text });
        }}
        onSubmit={send}
        refusal={refusalOf(viewer, "comment.create")}
        field={field}
      >
        {labels.length === 0 ? null : (
          <select
            aria-label="What the comment is about"
            value={label ?? ""}
            onChange={({ target: { value } }) => {
              const chosen = value === "" ? null : Number(value);
              setDraft({ ...written, label: chosen });
            }}
          >
            <option value="">about the feature</option>
            {labels
              .filter(({ id }) => id > 0)
              .map(({ id, text }) => (
                <option key={id} value={id}>
                  about “{text}”
                </option>
              ))}
          </select>
        )}
      </CommentForm>
      {change.error ? (
        <p role="alert" className={styles.error}>
          Not sent: {change.error.message} What you wrote is kept here.
        </p>
      ) : null}
    </>
  );
}

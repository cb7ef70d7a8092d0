"use client";

import Link from "next/link";
import { commentSchema, type Comment, type Label } from "#lib/contract/index";
import { ApiError } from "#app/_queries/api";
import { keyedComment } from "#app/_queries/comments";
import { refusalOf, useViewer } from "#app/_queries/viewer";
import { activityHref, commentAnchor } from "./activity-links";
import { useCommentDraft } from "./comment-draft";
import { CommentForm } from "./comment-form";
import { CommentText } from "./comment-text";
import { formatTime } from "./format";
import styles from "./comments.module.css";

interface CommentItemProps {
  saeId: string;
  comment: Comment;
  /** The label it is about, if it is about one that is there. */
  label: Label | undefined;
  onReply: () => void;
  onDelete: (comment: Comment) => void;
}

/** One comment: read, answer, edit, delete. */
export function CommentItem(props: CommentItemProps) {
  const { saeId, comment, label, onReply, onDelete } = props;
  const viewer = useViewer();
  const key = `${viewer?.id ?? ""}.${saeId}.${comment.feature}.comment.${comment.id}`;
  const { draft, setDraft, change } = useCommentDraft(
    key,
    saeId,
    comment.feature,
  );
  const saved = comment.id > 0;
  const author = comment.author.id;
  const no = {
    reply: refusalOf(viewer, "comment.create"),
    edit: refusalOf(viewer, "comment.edit", author),
    delete: refusalOf(viewer, "comment.delete", author),
  };
  if (comment.deleted) {
    return <p className="muted small">This comment was deleted.</p>;
  }

  const edit = () => {
    if (!draft) return;
    const { text, version } = draft;
    const base = { ...comment, version: version ?? comment.version };
    if (text.trim() === comment.text) {
      setDraft(null);
      return;
    }
    change.mutate(
      keyedComment({ kind: "edit", comment: base, text: text.trim() }),
      {
        onSuccess: () => {
          setDraft(null);
        },
        onError: (error) => {
          const theirs = conflicting(error);
          if (theirs) setDraft({ ...draft, version: theirs.version });
        },
      },
    );
  };
  const newer =
    draft?.version !== undefined &&
    draft.version !== null &&
    draft.version < comment.version;
  const quiet = (
    name: string,
    refusal: string | undefined,
    action: () => void,
  ) =>
    refusal === undefined ? (
      <button
        type="button"
        data-kind="quiet"
        disabled={!saved}
        onClick={action}
      >
        {name}
      </button>
    ) : null;
  return (
    <article
      id={saved ? commentAnchor(comment.id) : undefined}
      className={styles.comment}
      aria-label={`Comment of ${comment.author.name}`}
    >
      <p className={styles.facts}>
        <Link href={activityHref({ person: author })} prefetch={false}>
          <bdi>{comment.author.name}</bdi>
        </Link>{" "}
        {saved ? (
          <a href={`#${commentAnchor(comment.id)}`}>
            {formatTime(comment.createdAt)}
          </a>
        ) : (
          "being sent"
        )}
        {comment.updatedAt === comment.createdAt ? "" : " · edited"}
        {label ? (
          <span>
            {" "}
            · on the label <bdi>“{label.text}”</bdi>
          </span>
        ) : null}
      </p>
      {draft === null ? (
        <CommentText comment={comment} saeId={saeId} />
      ) : (
        <>
          {newer ? (
            <p role="status" className={styles.newer} dir="auto">
              Saved meanwhile: “{comment.text}”. Saving again replaces it.
            </p>
          ) : null}
          <CommentForm
            name="Edit comment"
            submit="Save"
            text={draft.text}
            onText={(text) => {
              setDraft({ ...draft, text });
            }}
            onSubmit={edit}
            onCancel={() => {
              setDraft(null);
            }}
            refusal={no.edit}
            autoFocus
          />
        </>
      )}
      {draft === null ? (
        <div className={styles.actions}>
          {quiet("Reply", no.reply, onReply)}
          {quiet("Edit", no.edit, () => {
            setDraft({
              text: comment.text,
              label: comment.label,
              version: comment.version,
            });
          })}
          {quiet("Delete", no.delete, () => {
            onDelete(comment);
          })}
        </div>
      ) : null}
      {change.error ? (
        <p role="alert" className={styles.error}>
          Not saved: {change.error.message} What you wrote is kept here.
        </p>
      ) : null}
    </article>
  );
}

/** The comment as it was left elsewhere, if that is why an edit was refused. */
function conflicting(error: Error): Comment | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const details = error.details as { comment?: unknown } | null;
  const parsed = commentSchema.safeParse(details?.comment);
  return parsed.success ? parsed.data : null;
}

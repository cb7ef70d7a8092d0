import type { Comment } from "#lib/contract/index";

/** A comment and all that answers it, oldest first. */
export interface Thread {
  comment: Comment;
  replies: Comment[];
}

/**
 * Comments as threads of two levels: an answer to an answer stands in the
 * first comment's thread. Deleted ones stay only where something hangs on
 * them.
 */
export function commentThreads(comments: readonly Comment[]): Thread[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const threads = new Map<number, Thread>();
  const rootOf = (comment: Comment): Comment => {
    let root = comment;
    // An answer's number is above that of what it answers: this ends.
    for (;;) {
      const parent = root.parent === null ? undefined : byId.get(root.parent);
      if (!parent || parent === root) return root;
      root = parent;
    }
  };
  for (const comment of comments) {
    const root = rootOf(comment);
    const thread = threads.get(root.id) ?? { comment: root, replies: [] };
    threads.set(root.id, thread);
    if (comment !== root && !comment.deleted) thread.replies.push(comment);
  }
  return [...threads.values()].filter(
    ({ comment, replies }) => !comment.deleted || replies.length > 0,
  );
}

"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useState } from "react";
import { mentionsQuery, useSeeMentions } from "#app/_queries/mentions";
import { commentAnchor } from "./activity-links";
import { CommentText } from "./comment-text";
import { featureHref } from "./feature-links";
import { formatTime } from "./format";
import { ShowMore } from "./show-more";
import lists from "./lists.module.css";
import styles from "./comments.module.css";

/** Comments that name one; once they are shown they are no longer new. */
export function MentionsView() {
  const query = useSuspenseInfiniteQuery(mentionsQuery());
  const see = useSeeMentions();
  const first = query.data.pages[0]!;
  const newest = first.mentions[0]?.id ?? 0;
  // What was new when the page was opened stays marked as new.
  const [seenBefore] = useState(first.seen);
  const { mutate } = see;
  useEffect(() => {
    if (newest > first.seen) mutate(newest);
  }, [newest, first.seen, mutate]);
  const mentions = query.data.pages.flatMap((page) => page.mentions);
  return (
    <div className={lists.page}>
      <div>
        <h1>Mentions</h1>
        <p className="muted">Comments that name you, the newest first.</p>
      </div>
      {mentions.length === 0 ? (
        <p className="card">Nobody has named you yet.</p>
      ) : (
        <ol className={`card ${styles.threads}`} aria-label="Mentions">
          {mentions.map((comment) => (
            <li key={comment.id} className={styles.comment}>
              <p className={styles.facts}>
                {comment.sae === null ? (
                  <>#{comment.feature}</>
                ) : (
                  <Link
                    href={`${featureHref(comment.sae, comment.feature)}#${commentAnchor(comment.id)}`}
                    prefetch={false}
                  >
                    #{comment.feature} of {comment.sae}
                  </Link>
                )}{" "}
                <bdi>{comment.author.name}</bdi>,{" "}
                {formatTime(comment.createdAt)}
                {comment.id > seenBefore ? (
                  <strong className={styles.new}> new</strong>
                ) : null}
              </p>
              <CommentText comment={comment} saeId={comment.sae} />
            </li>
          ))}
        </ol>
      )}
      <ShowMore query={query}>Show earlier</ShowMore>
    </div>
  );
}

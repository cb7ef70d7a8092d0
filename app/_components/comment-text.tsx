import Link from "next/link";
import type { ReactNode } from "react";
import type { Comment } from "#lib/contract/index";
import { activityHref } from "./activity-links";
import { commentParts } from "./comment-parts";
import { featureHref } from "./feature-links";
import styles from "./comments.module.css";

interface CommentTextProps {
  comment: Pick<Comment, "text" | "mentions">;
  /** The SAE whose features "#12" means; null: it is not here. */
  saeId: string | null;
}

/** What a comment says; people it names and features ("#12") are links. */
export function CommentText({ comment, saeId }: CommentTextProps) {
  const { text, mentions } = comment;
  return (
    <p className={styles.text} dir="auto">
      {commentParts(
        text,
        mentions.map(({ name }) => name),
      ).map((part, i): ReactNode => {
        const person =
          part.kind === "person"
            ? mentions.find(({ name }) => `@${name}` === part.text)
            : undefined;
        if (person) {
          return (
            <Link
              key={i}
              href={activityHref({ person: person.id })}
              className={styles.mention}
              prefetch={false}
            >
              <bdi>{part.text}</bdi>
            </Link>
          );
        }
        if (part.kind === "feature" && saeId !== null) {
          const feature = Number(part.text.slice(1));
          return (
            <Link key={i} href={featureHref(saeId, feature)} prefetch={false}>
              {part.text}
            </Link>
          );
        }
        return part.text;
      })}
    </p>
  );
}

import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import type { z } from "zod";
import {
  commentPageSchema,
  commentSchema,
  namesSchema,
  type Comment,
  type Person,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { changeKey, SENDING } from "./change";
import { useViewer } from "./viewer";

/** Comments on a feature, oldest first. */
export const commentsQuery = (saeId: string, feature: number) =>
  infiniteQueryOptions({
    queryKey: ["saes", saeId, "comments", feature],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `?cursor=${pageParam}`;
      const path = saePath(saeId, "features", feature, "comments");
      return callApi(`${path}${cursor}`, commentPageSchema, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** People whose names begin so. */
export const namesQuery = (prefix: string) =>
  queryOptions({
    queryKey: ["people", "names", prefix],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ q: prefix }).toString();
      return callApi(`/api/people/names?${query}`, namesSchema, { signal });
    },
  });

/** A change to the comments of one feature. */
export type CommentChange =
  | { kind: "post"; text: string; label: number | null; parent: number | null }
  | { kind: "edit"; comment: Comment; text: string }
  | { kind: "delete" | "restore"; comment: Comment };

/** The change, with the key that makes sending it twice harmless. */
export const keyedComment = (change: CommentChange) => ({
  change,
  key: changeKey(),
});

type Pages = InfiniteData<z.output<typeof commentPageSchema>>;

/**
 * Changes a feature's comments: shown at once, taken back if the server
 * refuses.
 *
 * @param onRefused called even if the page has moved on by then.
 */
export function useCommentChange(
  saeId: string,
  feature: number,
  onRefused?: (change: CommentChange, error: Error) => void,
) {
  const client = useQueryClient();
  const me = useViewer() ?? { id: "", name: "You" };
  const { queryKey } = commentsQuery(saeId, feature);
  const mutationKey = ["comment", saeId, feature];
  return useMutation({
    ...SENDING,
    mutationKey,
    mutationFn: ({ change, key }: { change: CommentChange; key: string }) =>
      send(saeId, feature, change, key),
    onMutate: async ({ change, key }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      const made = optimistic(change, feature, me, key);
      client.setQueryData(queryKey, (now: Pages | undefined) =>
        applied(now, change, made),
      );
      return { before };
    },
    onError: (error, { change }, context) => {
      client.setQueryData(queryKey, context?.before);
      onRefused?.(change, error);
    },
    onSettled: () => {
      // Not while another is on its way: it would seem to be gone.
      if (client.isMutating({ mutationKey }) > 1) return;
      void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({
        queryKey: ["saes", saeId, "labelling", feature],
      });
      void client.invalidateQueries({ queryKey: ["activity"] });
    },
  });
}

function send(
  saeId: string,
  feature: number,
  change: CommentChange,
  key: string,
): Promise<Comment> {
  if (change.kind === "post") {
    const { text, label, parent } = change;
    return callApi(
      saePath(saeId, "features", feature, "comments"),
      commentSchema,
      { method: "POST", body: { text, label, parent }, key },
    );
  }
  const { id, version } = change.comment;
  const path = `/api/comments/${id}`;
  switch (change.kind) {
    case "edit": {
      const body = { text: change.text, version };
      return callApi(path, commentSchema, { method: "PUT", body, key });
    }
    case "delete":
      return callApi(path, commentSchema, {
        method: "DELETE",
        body: { version },
        key,
      });
    case "restore":
      return callApi(`${path}/restore`, commentSchema, {
        method: "POST",
        body: { version },
        key,
      });
  }
}

/** The pages as they will be if the server agrees. */
function applied(
  pages: Pages | undefined,
  change: CommentChange,
  made: Comment | null,
): Pages | undefined {
  if (!pages) return pages;
  const last = pages.pages.length - 1;
  return {
    ...pages,
    pages: pages.pages.map((page, i) => ({
      ...page,
      comments:
        made !== null
          ? i === last
            ? [...page.comments, made]
            : page.comments
          : page.comments.map((comment) => changed(comment, change)),
    })),
  };
}

function changed(comment: Comment, change: CommentChange): Comment {
  if (change.kind === "post" || comment.id !== change.comment.id) {
    return comment;
  }
  switch (change.kind) {
    case "edit":
      return { ...comment, text: change.text };
    case "delete":
      return { ...comment, text: "", deleted: true };
    case "restore":
      return { ...comment, text: change.comment.text, deleted: false };
  }
}

function optimistic(
  change: CommentChange,
  feature: number,
  { id, name }: Person,
  key: string,
): Comment | null {
  if (change.kind !== "post") return null;
  const now = new Date().toISOString();
  return {
    // Below 0 until the server says; two on their way must not be alike.
    id: -1 - Number.parseInt(key.slice(0, 8), 16),
    feature,
    label: change.label,
    parent: change.parent,
    author: { id, name },
    text: change.text,
    mentions: [],
    createdAt: now,
    updatedAt: now,
    version: 1,
    deleted: false,
  };
}

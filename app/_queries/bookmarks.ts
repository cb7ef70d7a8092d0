import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  bookmarkPageSchema,
  bookmarkSchema,
  type Labelling,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { changeKey, SENDING } from "./change";
import { labellingQuery } from "./labels";

/** One's own bookmarks, the newest first. */
export const bookmarksQuery = () =>
  infiniteQueryOptions({
    queryKey: ["bookmarks"],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `?cursor=${pageParam}`;
      return callApi(`/api/me/bookmarks${cursor}`, bookmarkPageSchema, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export interface Bookmark {
  sae: string;
  feature: number;
  bookmarked: boolean;
}

/** The change, with the key that makes sending it twice harmless. */
export const keyedBookmark = (mark: Bookmark) => ({
  ...mark,
  key: changeKey(),
});

/** Sets or clears a bookmark: shown at once, taken back if it is refused. */
export function useBookmark() {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    // One after another: the last of several counts.
    scope: { id: "bookmarks" },
    mutationFn: ({
      sae,
      feature,
      bookmarked,
      key,
    }: Bookmark & { key: string }) =>
      callApi(saePath(sae, "features", feature, "bookmark"), bookmarkSchema, {
        method: "PUT",
        body: { bookmarked },
        key,
      }),
    onMutate: async ({ sae, feature, bookmarked }) => {
      const { queryKey } = labellingQuery(sae, feature);
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      client.setQueryData(
        queryKey,
        (now: Labelling | undefined) => now && { ...now, bookmarked },
      );
      return { before };
    },
    onError: (_error, { sae, feature }, context) => {
      const { queryKey } = labellingQuery(sae, feature);
      client.setQueryData(queryKey, context?.before);
    },
    onSettled: (_result, _error, { sae, feature }) => {
      const { queryKey } = labellingQuery(sae, feature);
      void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: ["bookmarks"] });
    },
  });
}

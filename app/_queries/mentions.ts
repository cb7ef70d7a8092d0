import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { mentionPageSchema, mentionsStandingSchema } from "#lib/contract/index";
import { callApi } from "./api";
import { changeKey, SENDING } from "./change";

/** Comments that name one, the newest first. */
export const mentionsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["mentions", "list"],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `?cursor=${pageParam}`;
      return callApi(`/api/me/mentions${cursor}`, mentionPageSchema, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** How many of them are new. */
export const unreadQuery = () =>
  queryOptions({
    queryKey: ["mentions", "unread"],
    queryFn: ({ signal }) =>
      callApi("/api/me/mentions?limit=1", mentionPageSchema, { signal }),
    select: ({ unread }) => unread,
  });

/** Marks them as seen, up to a comment. */
export function useSeeMentions() {
  const client = useQueryClient();
  return useMutation({
    ...SENDING,
    mutationFn: (seen: number) =>
      callApi("/api/me/mentions", mentionsStandingSchema, {
        method: "PUT",
        body: { seen },
        key: changeKey(),
      }),
    onSettled: () => {
      const { queryKey } = unreadQuery();
      void client.invalidateQueries({ queryKey });
    },
  });
}

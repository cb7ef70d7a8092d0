import { infiniteQueryOptions } from "@tanstack/react-query";
import {
  everywherePageSchema,
  searchPageSchema,
  type SearchQuery,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";

/**
 * Pages of what a search finds: in one place page after page, everywhere the
 * first few of each.
 */
export const searchQuery = (
  saeId: string,
  q: string,
  place: SearchQuery["in"],
) =>
  infiniteQueryOptions({
    queryKey: ["saes", saeId, "search", q, place],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ q, in: place });
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(
        `${saePath(saeId, "search")}?${search.toString()}`,
        searchPageSchema,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ groups }) =>
      groups.length === 1 ? groups[0]!.nextCursor : null,
  });

/** A search in every SAE, a page of SAEs after another. */
export const everywhereQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["search", q],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ q });
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(`/api/search?${search.toString()}`, everywherePageSchema, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

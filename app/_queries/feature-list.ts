import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { featurePageSchema, featureRowsSchema } from "#lib/contract/index";
import { callApi, saePath } from "./api";

/** Rows of certain features. */
export const featureRowsQuery = (saeId: string, features: readonly number[]) =>
  queryOptions({
    queryKey: ["saes", saeId, "features", "rows", features],
    enabled: features.length > 0,
    queryFn: ({ signal }) =>
      callApi(
        `${saePath(saeId, "features", "rows")}?features=${features.join(",")}`,
        featureRowsSchema,
        { signal },
      ),
  });

/**
 * Pages of the feature table, each asked for with the last one's cursor.
 *
 * @param q filters and order, in the language of searches
 */
export const featureListQuery = (saeId: string, q: string) =>
  infiniteQueryOptions({
    queryKey: ["saes", saeId, "features", "list", q],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ q });
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(
        `${saePath(saeId, "features")}?${search.toString()}`,
        featurePageSchema,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
  featurePageSchema,
  featureQuerySchema,
  featureRowsSchema,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";

/** The table's view as it stands in the URL: only what is not the default. */
export type TableView = Record<string, string>;

export const TABLE_KEYS = [
  "sort",
  "order",
  "label",
  "state",
  "minDensity",
  "maxDensity",
  "minMean",
  "maxMean",
  "q",
] as const;

/** The parts of a query string that are the table's; nonsense is dropped. */
export function parseTableView(
  params: Iterable<readonly [string, string]>,
): TableView {
  const view: TableView = {};
  const given = new Map(params);
  for (const key of TABLE_KEYS) {
    const value = given.get(key);
    if (value === undefined || value === "") continue;
    if (featureQuerySchema.safeParse({ [key]: value }).success) {
      view[key] = value;
    }
  }
  return view;
}

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

/** Pages of the feature table, each asked for with the last one's cursor. */
export const featureListQuery = (saeId: string, view: TableView) =>
  infiniteQueryOptions({
    queryKey: ["saes", saeId, "features", "list", view],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams(view);
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

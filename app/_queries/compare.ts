import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import {
  matchPageSchema,
  matchStartedSchema,
  saeComparisonSchema,
  type MatchListQuery,
} from "#lib/contract/index";
import { callApi } from "./api";

const RUNNING_MS = 500;

interface Pair {
  a: string;
  b: string;
}

/** Two SAEs; asked for again and again while they are being matched. */
export const comparisonQuery = ({ a, b }: Pair) =>
  queryOptions({
    queryKey: ["compare", a, b],
    queryFn: ({ signal }) =>
      callApi(
        `/api/compare?${new URLSearchParams({ a, b }).toString()}`,
        saeComparisonSchema,
        { signal },
      ),
    refetchInterval: ({ state }) =>
      state.data?.match.state === "running" ? RUNNING_MS : false,
  });

/** Has the two matched. */
export const startMatch = ({ a, b }: Pair) =>
  callApi("/api/compare/match", matchStartedSchema, {
    method: "POST",
    body: { a, b },
  });

export type MatchListView = Pair &
  Pick<MatchListQuery, "side" | "list" | "threshold" | "order" | "state">;

/** Pages of a list of matched, shared or unmatched features. */
export const matchListQuery = (view: MatchListView) =>
  infiniteQueryOptions({
    queryKey: ["compare", view.a, view.b, "features", view],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({
        ...view,
        threshold: String(view.threshold),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      });
      return callApi(
        `/api/compare/features?${search.toString()}`,
        matchPageSchema,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

import { infiniteQueryOptions } from "@tanstack/react-query";
import { activityPageSchema } from "#lib/contract/index";
import { callApi } from "./api";

/** Whose, where and what about; all that happened when nothing is named. */
export interface ActivityScope {
  sae?: string | undefined;
  feature?: number | undefined;
  person?: string | undefined;
  noun?: string | undefined;
}

/** What people did, newest first. */
export const activityQuery = (scope: ActivityScope) =>
  infiniteQueryOptions({
    queryKey: ["activity", scope],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(scope)) {
        if (value !== undefined) search.set(name, String(value));
      }
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(`/api/activity?${search.toString()}`, activityPageSchema, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

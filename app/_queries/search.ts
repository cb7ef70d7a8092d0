import { queryOptions } from "@tanstack/react-query";
import { searchPageSchema, type SearchQuery } from "#lib/contract/index";
import { callApi, saePath } from "./api";

export const searchQuery = (
  saeId: string,
  { q, kind }: Pick<SearchQuery, "q" | "kind">,
) =>
  queryOptions({
    queryKey: ["saes", saeId, "search", kind, q],
    enabled: q !== "",
    queryFn: ({ signal }) =>
      callApi(
        `${saePath(saeId, "search")}?${new URLSearchParams({ q, kind }).toString()}`,
        searchPageSchema,
        { signal },
      ),
  });

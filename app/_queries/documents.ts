import { queryOptions } from "@tanstack/react-query";
import { documentPageSchema } from "#lib/contract/index";
import { callApi, saePath } from "./api";

/** Which part of a document is read, for which feature. */
export interface DocumentView {
  feature: number;
  at?: number | undefined;
  from?: number | undefined;
}

/**
 * A page of a document.
 *
 * @param values "stored" comes with the page; "run" takes the model's time.
 */
export const documentQuery = (
  saeId: string,
  document: number,
  { feature, at, from }: DocumentView,
  values: "stored" | "run",
) =>
  queryOptions({
    queryKey: ["saes", saeId, "documents", document, feature, at, from, values],
    staleTime: Infinity,
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({
        feature: String(feature),
        values,
        ...(at === undefined ? {} : { at: String(at) }),
        ...(from === undefined ? {} : { from: String(from) }),
      });
      return callApi(
        `${saePath(saeId, "documents", document)}?${search.toString()}`,
        documentPageSchema,
        { signal },
      );
    },
  });

import { queryOptions } from "@tanstack/react-query";
import { featurePairSchema, pairContextsSchema } from "#lib/contract/index";
import { callApi, saePath } from "./api";

/** Two features, as the URL of their page names them. */
export interface PairView {
  saeId: string;
  a: number;
  b: number;
  /** The SAE that b is of. */
  other: string;
}

function pairSearch({ saeId, a, b, other }: PairView): string {
  return new URLSearchParams({
    a: String(a),
    b: String(b),
    ...(other === saeId ? {} : { other }),
  }).toString();
}

export const featurePairQuery = (pair: PairView) =>
  queryOptions({
    queryKey: ["pair", pair],
    queryFn: ({ signal }) =>
      callApi(
        `${saePath(pair.saeId, "compare")}?${pairSearch(pair)}`,
        featurePairSchema,
        { signal },
      ),
  });

/** Contexts in which both fire; takes the model's time. */
export const pairContextsQuery = (pair: PairView) =>
  queryOptions({
    queryKey: ["pair", pair, "contexts"],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      callApi(
        `${saePath(pair.saeId, "compare", "contexts")}?${pairSearch(pair)}`,
        pairContextsSchema,
        { signal },
      ),
  });

import {
  MATCH_LISTS,
  SAME_FEATURE,
  type MatchFigures,
} from "#lib/contract/index";
import type { MatchListView } from "#app/_queries/compare";

/** The lists of a match in words; `other` is the SAE on the other side. */
export const MATCH_LIST_NAMES: Record<
  MatchListView["list"],
  { name: string; explained: (other: string) => string }
> = {
  matched: {
    name: "Matched",
    explained: (other) =>
      `Its nearest feature of ${other} is as near as asked for, and the other way round nothing is nearer.`,
  },
  shared: {
    name: "Shared",
    explained: (other) =>
      `Near enough to a feature of ${other} that is nearer still to another feature of this SAE: where one SAE has one feature and the other several.`,
  },
  unmatched: {
    name: "Unmatched",
    explained: (other) => `No feature of ${other} is as near as asked for.`,
  },
};

type MatchView = Omit<MatchListView, "a" | "b">;

/** The view as the URL holds it; nonsense is dropped. */
export function matchViewFrom(params: URLSearchParams): MatchView {
  const list = MATCH_LISTS.find((name) => name === params.get("list"));
  const given = Number(params.get("t") ?? NaN);
  const order = params.get("order");
  return {
    side: params.get("side") === "b" ? "b" : "a",
    list: list ?? "matched",
    threshold:
      given >= 0 && given <= 1 ? Math.round(100 * given) / 100 : SAME_FEATURE,
    order: order === "asc" || order === "desc" ? order : "desc",
    state: params.get("state") === "all" ? "all" : "live",
  };
}

export interface MatchCounts {
  features: number;
  matched: number;
  shared: number;
  unmatched: number;
}

/** How many features of a side are in each list at a threshold. */
export function matchCounts(
  { features, reaching, mutual }: MatchFigures,
  threshold: number,
): MatchCounts {
  const t = Math.round(100 * threshold);
  const near = reaching[t] ?? 0;
  const matched = mutual[t] ?? 0;
  return {
    features,
    matched,
    shared: near - matched,
    unmatched: features - near,
  };
}

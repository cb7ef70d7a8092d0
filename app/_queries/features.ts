import { queryOptions, type QueryClient } from "@tanstack/react-query";
import {
  contextEffectSchema,
  featureDetailSchema,
  foundExampleSchema,
  foundExamplesSchema,
  neighboursSchema,
  ownTextResponseSchema,
  type FeatureDetail,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";

export const featureQuery = (saeId: string, index: number) =>
  queryOptions({
    queryKey: ["saes", saeId, "features", index],
    queryFn: ({ signal }) =>
      callApi(saePath(saeId, "features", index), featureDetailSchema, {
        signal,
      }),
  });

/** Contexts that come with a page: about what a window has room for. */
export const FIRST_CONTEXTS = 6;

/**
 * Gives a page the first part of a feature, read with `FIRST_CONTEXTS`: most of
 * its bytes are contexts far down, which the browser asks for while it shows
 * the first ones.
 */
export function setFirstPart(
  client: QueryClient,
  saeId: string,
  feature: FeatureDetail,
): void {
  // Of the other groups there would be a piece at most.
  const groups = feature.groups.filter((group) => group.name === "top");
  client.setQueryData(
    featureQuery(saeId, feature.index).queryKey,
    { ...feature, groups },
    // As old as can be, so that the rest is asked for at once.
    { updatedAt: 0 },
  );
}

/** Whether there is no more than `setFirstPart` gave. */
export function isFirstPart(query: { dataUpdatedAt: number }): boolean {
  return query.dataUpdatedAt === 0;
}

/** Examples with an activation in (above, upTo]. */
export const examplesQuery = (
  saeId: string,
  index: number,
  range: { above: number; upTo: number },
) =>
  queryOptions({
    queryKey: ["saes", saeId, "features", index, "examples", range],
    staleTime: Infinity,
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({
        above: String(range.above),
        upTo: String(range.upTo),
      });
      return callApi(
        `${saePath(saeId, "features", index, "examples")}?${search.toString()}`,
        foundExamplesSchema,
        { signal },
      );
    },
  });

/** One sequence with a feature's activations, about one of its tokens. */
export const contextQuery = (
  saeId: string,
  index: number,
  { sequence, position }: { sequence: number; position: number },
) =>
  queryOptions({
    queryKey: [
      "saes",
      saeId,
      "features",
      index,
      "contexts",
      sequence,
      position,
    ],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      callApi(
        `${saePath(saeId, "features", index, "contexts", sequence)}?position=${position}`,
        foundExampleSchema,
        { signal },
      ),
  });

/** What a feature does to the predictions in one sequence; takes the model's time. */
export const contextEffectQuery = (
  saeId: string,
  index: number,
  sequence: number,
) =>
  queryOptions({
    queryKey: [
      "saes",
      saeId,
      "features",
      index,
      "contexts",
      sequence,
      "effect",
    ],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      callApi(
        saePath(saeId, "features", index, "contexts", sequence, "effect"),
        contextEffectSchema,
        { signal },
      ),
  });

export const neighboursQuery = (saeId: string, index: number) =>
  queryOptions({
    queryKey: ["saes", saeId, "features", index, "neighbours"],
    queryFn: ({ signal }) =>
      callApi(
        saePath(saeId, "features", index, "neighbours"),
        neighboursSchema,
        { signal },
      ),
  });

export interface OwnText {
  text: string;
  /** Also report this feature on every token. */
  feature?: number;
  perToken?: number;
}

export const ownTextQuery = (saeId: string, request: OwnText) =>
  queryOptions({
    queryKey: ["saes", saeId, "own-text", request],
    staleTime: Infinity,
    enabled: request.text.trim() !== "",
    queryFn: ({ signal }) =>
      callApi(saePath(saeId, "own-text"), ownTextResponseSchema, {
        method: "POST",
        body: request,
        signal,
      }),
  });

import { FEATURE_STATES } from "#lib/label-rules";
import { queryOptions } from "@tanstack/react-query";
import { featurePointsSchema, searchPageSchema } from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { float32Column, uint16Column, uint32Column } from "./columns";

/** Columns over all features of an SAE, by their numbers. */
export interface PointColumns {
  /** 0 when dead. */
  density: Float64Array;
  meanActivation: Float32Array;
  /** x and y of the atlas, −1 … 1; NaN when dead. */
  positions: Float32Array;
  sources: Uint16Array;
  sourceNames: string[];
  /** Number in FEATURE_STATES of how far the labelling has come. */
  states: Uint8Array;
}

export const pointsQuery = (saeId: string) =>
  queryOptions({
    queryKey: ["saes", saeId, "points"],
    queryFn: async ({ signal }): Promise<PointColumns> => {
      const points = await callApi(
        saePath(saeId, "points"),
        featurePointsSchema,
        { signal },
      );
      const counts = uint32Column(points.firingCount);
      const states = new Uint8Array(points.features).fill(
        FEATURE_STATES.indexOf("unlabelled"),
      );
      FEATURE_STATES.forEach((state, i) => {
        for (const feature of points.states[state]) states[feature] = i;
      });
      return {
        density: Float64Array.from(counts, (count) => count / points.tokens),
        meanActivation: float32Column(points.meanActivation),
        positions: float32Column(points.positions),
        sources: uint16Column(points.sources),
        sourceNames: points.sourceNames,
        states,
      };
    },
  });

/** Features that a search lights up on a map. */
export interface LitFeatures {
  features: number[];
  /** More than these match. */
  truncated: boolean;
}

/** As many as the API gives at once. */
const LIT_MAX = 100;
/** Where bare words are looked for. */
const LIT_PLACES = ["label", "token"] as const;

/** Features that a search finds; of bare words, in labels and as a token. */
export const litQuery = (saeId: string, q: string) =>
  queryOptions({
    queryKey: ["saes", saeId, "lit", q],
    enabled: q !== "",
    queryFn: async ({ signal }): Promise<LitFeatures> => {
      const pages = await Promise.all(
        LIT_PLACES.map((place) => {
          const search = { q, in: place, limit: String(LIT_MAX) };
          return callApi(
            `${saePath(saeId, "search")}?${new URLSearchParams(search).toString()}`,
            searchPageSchema,
            { signal },
          );
        }),
      );
      const groups = pages.flatMap((page) => page.groups);
      const found = groups.flatMap(({ results }) =>
        results.map(({ feature }) => feature.index),
      );
      return {
        features: [...new Set(found)],
        truncated: groups.some(({ total, results }) => total > results.length),
      };
    },
  });

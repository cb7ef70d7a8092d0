import { FEATURE_STATES } from "#lib/label-rules";
import { queryOptions } from "@tanstack/react-query";
import { featurePointsSchema } from "#lib/contract/index";
import { callApi, fetchBytes, saePath } from "./api";

/** Columns over all features of an SAE, by their numbers. */
export interface PointColumns {
  /** 0 when dead. */
  density: Float32Array;
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
      const path = saePath(saeId, "points");
      const [points, columns] = await Promise.all([
        callApi(path, featurePointsSchema, { signal }),
        fetchBytes(`${path}/columns`, { signal }),
      ]);
      const n = points.features;
      const counts = new Uint32Array(columns, 0, n);
      const states = new Uint8Array(n).fill(
        FEATURE_STATES.indexOf("unlabelled"),
      );
      FEATURE_STATES.forEach((state, i) => {
        for (const feature of points.states[state]) states[feature] = i;
      });
      return {
        density: Float32Array.from(counts, (count) => count / points.tokens),
        meanActivation: new Float32Array(columns, 4 * n, n),
        positions: new Float32Array(columns, 8 * n, 2 * n),
        sources: new Uint16Array(columns, 16 * n, n),
        sourceNames: points.sourceNames,
        states,
      };
    },
  });

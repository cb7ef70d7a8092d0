import { queryOptions } from "@tanstack/react-query";
import {
  featureDetailSchema,
  ownTextResponseSchema,
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

import { queryOptions } from "@tanstack/react-query";
import {
  saeDetailSchema,
  saeListSchema,
  usageScatterSchema,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";

export const saeListQuery = () =>
  queryOptions({
    queryKey: ["saes"],
    queryFn: ({ signal }) => callApi("/api/saes", saeListSchema, { signal }),
  });

export const saeQuery = (saeId: string) =>
  queryOptions({
    queryKey: ["saes", saeId],
    queryFn: ({ signal }) =>
      callApi(saePath(saeId), saeDetailSchema, { signal }),
  });

export const scatterQuery = (saeId: string) =>
  queryOptions({
    queryKey: ["saes", saeId, "scatter"],
    // It changes only with the index.
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      callApi(saePath(saeId, "scatter"), usageScatterSchema, { signal }),
  });

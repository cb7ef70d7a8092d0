import { queryOptions } from "@tanstack/react-query";
import { sweepDetailSchema, sweepListSchema } from "#lib/contract/index";
import { callApi } from "./api";

export const sweepListQuery = () =>
  queryOptions({
    queryKey: ["sweeps"],
    queryFn: ({ signal }) =>
      callApi("/api/sweeps", sweepListSchema, { signal }),
  });

export const sweepQuery = (name: string) =>
  queryOptions({
    queryKey: ["sweeps", name],
    queryFn: ({ signal }) =>
      callApi(`/api/sweeps/${encodeURIComponent(name)}`, sweepDetailSchema, {
        signal,
      }),
  });

import { queryOptions } from "@tanstack/react-query";
import { saeDetailSchema, saeListSchema } from "#lib/contract/index";
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

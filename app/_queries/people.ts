import {
  infiniteQueryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import {
  doneSchema,
  invitationPageSchema,
  madeInvitationSchema,
  peoplePageSchema,
  listedPersonSchema,
  type changePersonSchema,
  type newInvitationSchema,
  type PeopleKind,
} from "#lib/contract/index";
import { callApi } from "./api";

export const peopleQuery = (kind: PeopleKind) =>
  infiniteQueryOptions({
    queryKey: ["people", kind],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ kind });
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(`/api/people?${search.toString()}`, peoplePageSchema, {
        signal,
      });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const invitationsQuery = () =>
  infiniteQueryOptions({
    queryKey: ["invitations"],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams();
      if (pageParam !== null) search.set("cursor", pageParam);
      return callApi(
        `/api/invitations?${search.toString()}`,
        invitationPageSchema,
        { signal },
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export function useChangePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      ...body
    }: z.input<typeof changePersonSchema> & { id: string }) =>
      callApi(`/api/people/${id}`, listedPersonSchema, { method: "PUT", body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["people"] }),
  });
}

export function useInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof newInvitationSchema>) =>
      callApi("/api/invitations", madeInvitationSchema, {
        method: "POST",
        body,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ["invitations"] }),
  });
}

export function useWithdraw() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      callApi(`/api/invitations/${id}`, doneSchema, { method: "DELETE" }),
    onSettled: () => client.invalidateQueries({ queryKey: ["invitations"] }),
  });
}

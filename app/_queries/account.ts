import {
  queryOptions,
  useMutation,
  useQueryClient,
  useSuspenseQuery,
} from "@tanstack/react-query";
import type { z } from "zod";
import {
  apiTokenListSchema,
  doneSchema,
  madeApiTokenSchema,
  meSchema,
  sessionListSchema,
  type acceptInvitationSchema,
  type changePasswordSchema,
  type logInSchema,
  type Me,
  type newApiTokenSchema,
} from "#lib/contract/index";
import { callApi } from "./api";

export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => callApi("/api/me", meSchema, { signal }),
  });

/** Who is looking at the page. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}

export const sessionsQuery = () =>
  queryOptions({
    queryKey: ["me", "sessions"],
    queryFn: ({ signal }) =>
      callApi("/api/me/sessions", sessionListSchema, { signal }),
  });

export const tokensQuery = () =>
  queryOptions({
    queryKey: ["me", "tokens"],
    queryFn: ({ signal }) =>
      callApi("/api/me/tokens", apiTokenListSchema, { signal }),
  });

/** Logs in; the page is to be loaded anew afterwards. */
export function useLogIn() {
  return useMutation({
    mutationFn: (body: z.input<typeof logInSchema>) =>
      callApi("/api/session", meSchema, { method: "POST", body }),
  });
}

export function useLogOut() {
  return useMutation({
    mutationFn: () => callApi("/api/session", meSchema, { method: "DELETE" }),
  });
}

/** Uses an invitation up and logs in. */
export function useAccept(token: string) {
  return useMutation({
    mutationFn: (body: z.input<typeof acceptInvitationSchema>) =>
      callApi(`/api/invite/${encodeURIComponent(token)}`, meSchema, {
        method: "POST",
        body,
      }),
  });
}

export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      callApi("/api/me/name", meSchema, { method: "PUT", body: { name } }),
    onSuccess: (me) => {
      client.setQueryData(meQuery().queryKey, me);
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof changePasswordSchema>) =>
      callApi("/api/me/password", doneSchema, { method: "PUT", body }),
    onSuccess: () => client.invalidateQueries(sessionsQuery()),
  });
}

/** Ends one session, or (null) all others. */
export function useEndSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) =>
      callApi(
        id === null ? "/api/me/sessions" : `/api/me/sessions/${id}`,
        doneSchema,
        { method: "DELETE" },
      ),
    onSettled: () => client.invalidateQueries(sessionsQuery()),
  });
}

export function useMakeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof newApiTokenSchema>) =>
      callApi("/api/me/tokens", madeApiTokenSchema, { method: "POST", body }),
    onSettled: () => client.invalidateQueries(tokensQuery()),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      callApi(`/api/me/tokens/${id}`, doneSchema, { method: "DELETE" }),
    onSettled: () => client.invalidateQueries(tokensQuery()),
  });
}

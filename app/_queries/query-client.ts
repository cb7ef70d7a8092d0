import { dehydrate, isServer, QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api";

const MINUTE = 60_000;

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: MINUTE,
        // What the server refused it will refuse again.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiError && error.status < 500),
      },
    },
  });
}

/**
 * What a page was given to begin with, for `Hydrate`. As one text: React takes
 * every value of an object into its hands, and a feature has thousands.
 */
export function dehydrated(client: QueryClient): string {
  return JSON.stringify(dehydrate(client));
}

let browserClient: QueryClient | undefined;

/** One client a browser tab; on the server a fresh one each time. */
export function getQueryClient(): QueryClient {
  if (isServer) return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}

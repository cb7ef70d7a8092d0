import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { featureQuery } from "#app/_queries/features";

/** When this page has been looked at for so long, the next one is fetched. */
const REST_MS = 400;

/** Has the feature that the next key press opens ready. */
export function useNextFeature(saeId: string, next: number | null): void {
  const client = useQueryClient();
  useEffect(() => {
    if (next === null) return;
    const timer = setTimeout(() => {
      void client.prefetchQuery(featureQuery(saeId, next));
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [client, saeId, next]);
}

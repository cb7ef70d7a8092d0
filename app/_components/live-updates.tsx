"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { followLive } from "#app/_queries/live";

/** Keeps what the page shows as others leave it. Draws nothing. */
export function LiveUpdates() {
  const client = useQueryClient();
  const match = /^\/sae\/([^/]+)(?:\/feature\/(\d+))?/.exec(usePathname());
  const sae = match ? decodeURIComponent(match[1]!) : undefined;
  const feature = match?.[2] === undefined ? undefined : Number(match[2]);
  useEffect(() => followLive(client, { sae, feature }), [client, sae, feature]);
  return null;
}

"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { getQueryClient } from "#app/_queries/query-client";
import { LiveUpdates } from "./live-updates";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <QueryClientProvider client={getQueryClient()}>
      <LiveUpdates />
      {children}
    </QueryClientProvider>
  );
}

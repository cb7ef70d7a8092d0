"use client";

import { HydrationBoundary, type DehydratedState } from "@tanstack/react-query";
import { useMemo, type ReactNode } from "react";

interface HydrateProps {
  /** See `dehydrated`. */
  state: string;
  children: ReactNode;
}

/** Answers that the server has asked for already: queries below have them. */
export function Hydrate({ state, children }: HydrateProps) {
  const parsed = useMemo(() => JSON.parse(state) as DehydratedState, [state]);
  return <HydrationBoundary state={parsed}>{children}</HydrationBoundary>;
}

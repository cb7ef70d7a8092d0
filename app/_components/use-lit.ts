"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { QUERY_MAX } from "#lib/query/index";
import { litQuery, type LitFeatures } from "#app/_queries/points";
import { marksOf } from "./map-marks";
import { useUrlParams } from "./use-url-params";

export interface Lit {
  /** What the address says: nothing is lit when it is empty. */
  text: string;
  found: LitFeatures | null;
  /** [features] 1 for those that are found; null when nothing was asked. */
  marks: Uint8Array | null;
  error: Error | null;
}

/** The features that `light=` of the address lights up. */
export function useLit(saeId: string, count: number): Lit {
  const [params] = useUrlParams();
  const text = (params.get("light") ?? "").trim().slice(0, QUERY_MAX);
  const { data, error } = useQuery({
    ...litQuery(saeId, text),
    placeholderData: keepPreviousData,
  });
  const found = text === "" ? null : (data ?? null);
  const marks = useMemo(
    () => marksOf(found?.features ?? null, count),
    [found, count],
  );
  return { text, found, marks, error: text === "" ? null : error };
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { featureRowsQuery } from "#app/_queries/feature-list";
import { TokenChips } from "./token-chip";
import { useDebounced } from "./use-debounced";

/** A pointer that only passes over a point asks for nothing. */
const REST_MS = 60;

/** A feature's label and tokens, once they are here. */
export function FeaturePeek({
  saeId,
  index,
}: {
  saeId: string;
  index: number;
}) {
  const settled = useDebounced(index, REST_MS);
  const { data } = useQuery(featureRowsQuery(saeId, [settled]));
  const row = data?.features[0];
  if (row?.index !== index) return null;
  return (
    <div>
      {row.label === null ? null : <div>{row.label}</div>}
      <TokenChips tokens={row.topTokens.slice(0, 5)} />
    </div>
  );
}

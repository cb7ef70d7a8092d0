"use client";

import { useQuery } from "@tanstack/react-query";
import { featureQuery } from "#app/_queries/features";
import { TokenChips } from "./token-chip";

/** A feature's label and tokens, once they are here. */
export function FeaturePeek({
  saeId,
  index,
}: {
  saeId: string;
  index: number;
}) {
  const { data } = useQuery(featureQuery(saeId, index));
  if (data === undefined) return null;
  return (
    <div>
      {data.labels[0] === undefined ? null : <div>{data.labels[0].text}</div>}
      <TokenChips tokens={data.topTokens.slice(0, 5).map((t) => t.token)} />
    </div>
  );
}

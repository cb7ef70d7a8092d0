import type { Metadata } from "next";
import { Suspense } from "react";
import { compareSaes } from "#app/_server/compare";
import { orRefusal } from "#app/_server/page-data";
import { listSaes } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { comparisonQuery } from "#app/_queries/compare";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { saeListQuery } from "#app/_queries/saes";
import { CompareSaes } from "#ui/compare-saes";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Compare SAEs" };

interface ComparePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ComparePage({ searchParams }: ComparePageProps) {
  await visitor();
  const { a, b } = await searchParams;
  const client = makeQueryClient();
  client.setQueryData(saeListQuery().queryKey, listSaes());
  let refusal: string | undefined;
  if (typeof a === "string" && typeof b === "string" && a && b) {
    const comparison = orRefusal(() => compareSaes({ a, b }));
    if ("refusal" in comparison) refusal = comparison.refusal;
    else {
      client.setQueryData(comparisonQuery({ a, b }).queryKey, comparison.data);
    }
  }
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <CompareSaes refusal={refusal} />
      </Suspense>
    </Hydrate>
  );
}

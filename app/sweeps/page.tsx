import type { Metadata } from "next";
import { listSweeps } from "#app/_server/sweeps";
import { visitor } from "#app/_server/visitor";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { sweepListQuery } from "#app/_queries/sweeps";
import { Hydrate } from "#ui/hydrate";
import { SweepList } from "#ui/sweep-list";

// What is on disk now, not at build time.
export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Sweeps" };

export default async function SweepsPage() {
  await visitor();
  const client = makeQueryClient();
  client.setQueryData(sweepListQuery().queryKey, listSweeps());
  return (
    <Hydrate state={dehydrated(client)}>
      <SweepList />
    </Hydrate>
  );
}

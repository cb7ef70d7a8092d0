import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { listSaes } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { SaeList } from "#ui/sae-list";
import { makeQueryClient } from "#app/_queries/query-client";
import { saeListQuery } from "#app/_queries/saes";

// What is on disk now, not at build time.
export const dynamic = "force-dynamic";

export default async function HomePage() {
  await visitor();
  const client = makeQueryClient();
  client.setQueryData(saeListQuery().queryKey, listSaes());
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SaeList />
    </HydrationBoundary>
  );
}

import { listSaes } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { Hydrate } from "#ui/hydrate";
import { SaeList } from "#ui/sae-list";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { saeListQuery } from "#app/_queries/saes";

// What is on disk now, not at build time.
export const dynamic = "force-dynamic";

export default async function HomePage() {
  await visitor();
  const client = makeQueryClient();
  client.setQueryData(saeListQuery().queryKey, listSaes());
  return (
    <Hydrate state={dehydrated(client)}>
      <SaeList />
    </Hydrate>
  );
}

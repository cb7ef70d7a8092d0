import type { Metadata } from "next";
import { headers } from "next/headers";
import { ownSessions, ownTokens } from "#app/_server/account";
import { MIN_PASSWORD } from "#app/_server/log-in";
import { visitor } from "#app/_server/visitor";
import { sessionsQuery, tokensQuery } from "#app/_queries/account";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { AccountView } from "#ui/account-view";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const actor = await visitor();
  const client = makeQueryClient();
  client.setQueryData(tokensQuery().queryKey, ownTokens(actor));
  client.setQueryData(
    sessionsQuery().queryKey,
    await ownSessions({ headers: await headers() }, actor),
  );
  return (
    <Hydrate state={dehydrated(client)}>
      <AccountView minPassword={MIN_PASSWORD} />
    </Hydrate>
  );
}

import type { Metadata } from "next";
import { Suspense } from "react";
import { may } from "#lib/policy";
import { invitationQuerySchema, peopleQuerySchema } from "#lib/contract/index";
import { getInvitations, getPeople } from "#app/_server/people";
import { visitor } from "#app/_server/visitor";
import { invitationsQuery, peopleQuery } from "#app/_queries/people";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { Hydrate } from "#ui/hydrate";
import { PeopleView } from "#ui/people-view";

export const metadata: Metadata = { title: "People" };

interface PeoplePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PeoplePage({ searchParams }: PeoplePageProps) {
  const actor = await visitor();
  if (!may(actor, "people.list")) {
    return (
      <div className="card" role="alert">
        <h1>People</h1>
        <p>Only admins see everybody’s accounts.</p>
      </div>
    );
  }
  const { kind } = await searchParams;
  const query = peopleQuerySchema.parse({
    kind: kind === "names" ? "names" : "accounts",
  });
  const client = makeQueryClient();
  client.setQueryData(peopleQuery(query.kind).queryKey, {
    pages: [getPeople(query)],
    pageParams: [null],
  });
  client.setQueryData(invitationsQuery().queryKey, {
    pages: [getInvitations(invitationQuerySchema.parse({}))],
    pageParams: [null],
  });
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <PeopleView />
      </Suspense>
    </Hydrate>
  );
}

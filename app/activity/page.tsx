import type { Metadata } from "next";
import { Suspense } from "react";
import { activityQuerySchema } from "#lib/contract/index";
import { getActivity } from "#app/_server/activity";
import { orWords } from "#app/_server/page-data";
import { peopleOf } from "#app/_server/people-names";
import { indexedIds } from "#app/_server/saes";
import { visitor } from "#app/_server/visitor";
import { activityQuery } from "#app/_queries/activity";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { ActivityView } from "#ui/activity-view";
import { Hydrate } from "#ui/hydrate";

export const metadata: Metadata = { title: "Activity" };

const NO_FILTERS = { sae: undefined, person: undefined, noun: undefined };

interface ActivityPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ActivityPage({
  searchParams,
}: ActivityPageProps) {
  const viewer = await visitor();
  const asked = activityQuerySchema.safeParse(await searchParams);
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  const { sae, person, noun } = asked.success ? asked.data : NO_FILTERS;
  // What cannot be answered the browser asks for again, and shows why.
  const page = asked.success
    ? orWords(() => getActivity(viewer, asked.data))
    : undefined;
  if (page && "data" in page) {
    client.setQueryData(activityQuery({ sae, person, noun }).queryKey, {
      pages: [page.data],
      pageParams: [null],
    });
  }
  return (
    <Hydrate state={dehydrated(client)}>
      <Suspense>
        <ActivityView
          saes={indexedIds()}
          person={person === undefined ? null : peopleOf([person])(person)}
        />
      </Suspense>
    </Hydrate>
  );
}

import type { Metadata } from "next";
import { listsQuerySchema } from "#lib/contract/index";
import { myMentions } from "#app/_server/mentions";
import { visitor } from "#app/_server/visitor";
import { mentionsQuery } from "#app/_queries/mentions";
import { dehydrated, makeQueryClient } from "#app/_queries/query-client";
import { viewerKey } from "#app/_queries/viewer";
import { Hydrate } from "#ui/hydrate";
import { MentionsView } from "#ui/mentions-view";

export const metadata: Metadata = { title: "Mentions" };

export default async function MentionsPage() {
  const viewer = await visitor();
  const client = makeQueryClient();
  client.setQueryData(viewerKey, viewer);
  client.setQueryData(mentionsQuery().queryKey, {
    pages: [myMentions(viewer, listsQuerySchema.parse({}))],
    pageParams: [null],
  });
  return (
    <Hydrate state={dehydrated(client)}>
      <MentionsView />
    </Hydrate>
  );
}

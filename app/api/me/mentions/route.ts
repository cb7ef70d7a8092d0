import { listsQuerySchema, mentionPageSchema } from "#lib/contract/index";
import { myMentions } from "#app/_server/comments";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Comments that name one, the newest first.",
    query: listsQuerySchema,
    response: mentionPageSchema,
  },
  ({ query, actor }) => myMentions(actor, query),
);

import {
  listsQuerySchema,
  mentionPageSchema,
  mentionsStandingSchema,
  seeMentionsSchema,
} from "#lib/contract/index";
import { myMentions, seeMentions } from "#app/_server/mentions";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary: "Comments that name one, the newest first, and how many are new.",
    query: listsQuerySchema,
    response: mentionPageSchema,
  },
  ({ query, actor }) => myMentions(actor, query),
);

export const PUT = route(
  {
    summary: "Marks the comments that name one as seen, up to one of them.",
    may: "mentions",
    body: seeMentionsSchema,
    response: mentionsStandingSchema,
    example: { body: { seen: 1 } },
  },
  ({ body, ...asked }) => seeMentions(asked, body),
);

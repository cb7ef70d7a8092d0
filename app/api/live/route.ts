import { z } from "zod";
import { liveQuerySchema } from "#lib/contract/index";
import { openLive } from "#app/_server/live-request";
import { documented } from "#app/_server/route";

export const GET = documented(
  {
    summary:
      "A stream of server-sent events: hello, change (what somebody did), presence (who looks at the feature), reset (load everything anew). Send Last-Event-ID to get what was missed.",
    query: liveQuerySchema,
    response: z.string(),
    produces: "text/event-stream",
  },
  openLive,
);

import { activityPageSchema, activityQuerySchema } from "#lib/contract/index";
import { getActivity } from "#app/_server/activity";
import { route } from "#app/_server/route";

export const GET = route(
  {
    summary:
      "What people did: to a feature, in an SAE, a person's, or all; newest first.",
    query: activityQuerySchema,
    response: activityPageSchema,
  },
  ({ query, actor }) => getActivity(actor, query),
);

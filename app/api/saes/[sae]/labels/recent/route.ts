import { z } from "zod";
import { labelListSchema } from "#lib/contract/index";
import { latestLabels } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

const query = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

export const GET = route(
  {
    summary: "The labels of an SAE that were written last.",
    params: saeParams,
    query,
    response: labelListSchema,
  },
  ({ params, query, actor }) => ({
    labels: latestLabels(params.sae, query.limit, actor),
  }),
);

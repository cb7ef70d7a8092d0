import { z } from "zod";
import { randomFeature } from "#app/_server/features";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "The number of a live feature, each as likely as another.",
    params: saeParams,
    response: z.object({ index: z.number() }),
  },
  ({ params }) => randomFeature(params.sae),
);

import { z } from "zod";
import { randomFeature } from "#app/_server/features";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  { params: saeParams, response: z.object({ index: z.number() }) },
  ({ params }) => randomFeature(params.sae),
);

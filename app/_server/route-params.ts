import { featureIndexParam } from "#lib/contract/index";
import { z } from "zod";

/** Path segments of the API. Whether there is such an SAE is asked later. */
export const saeParams = z.object({
  sae: z.string().describe("Id of an SAE, as GET /api/saes lists them."),
});

export const sweepParams = z.object({
  sweep: z.string().describe("Name of a sweep, as GET /api/sweeps lists them."),
});

export const featureParams = saeParams.extend({
  index: featureIndexParam,
});

export const labelParams = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/, "A label's number is a whole number.")
    .meta({ description: "Number of a label.", examples: ["1"] })
    .transform(Number),
});

import { featureIndexParam } from "#lib/contract/index";
import { z } from "zod";

/** Path segments of the API. Whether there is such an SAE is asked later. */
export const saeParams = z.object({ sae: z.string() });

export const sweepParams = z.object({ sweep: z.string() });

export const featureParams = saeParams.extend({ index: featureIndexParam });

export const labelParams = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/, "A label's number is a whole number.")
    .transform(Number),
});

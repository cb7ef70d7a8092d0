import { z } from "zod";

/** Every error the API answers with. */
export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorSchema>;

/** Feature numbers arrive as path segments: digits only, no signs, no spaces. */
export const featureIndexParam = z
  .string()
  .regex(/^\d{1,8}$/, "A feature number is a whole number from 0.")
  .meta({ description: "Number of a feature, from 0.", examples: ["7"] })
  .transform(Number);

/**
 * A token as a person sees it. `text` is the token's own characters; when a
 * character's bytes are split over several tokens, `text` is the whole
 * character on the first of them and "" on the others, with `partial` true on
 * all of them.
 */
export const tokenSchema = z.object({
  id: z.number().int(),
  text: z.string(),
  partial: z.boolean().optional(),
});
export type Token = z.infer<typeof tokenSchema>;

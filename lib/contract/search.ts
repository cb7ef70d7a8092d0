import { z } from "zod";
import { featureRowSchema } from "./feature";
import { tokenSchema } from "./common";
import { lensTextSchema } from "./lens";

export const SEARCH_KINDS = ["label", "text", "token"] as const;

export const searchQuerySchema = z.object({
  q: z
    .string("Type something to search for.")
    .trim()
    .min(1, "Type something to search for.")
    .max(200, "The search is longer than 200 characters."),
  kind: z.enum(SEARCH_KINDS).default("text"),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type SearchQuery = z.infer<typeof searchQuerySchema>;

export const searchResultSchema = z.object({
  feature: featureRowSchema,
  /** How many of the feature's stored contexts (or labels) match. */
  matches: z.number(),
  /** Matching label or text around the match, split so it can be marked. */
  snippet: z.array(z.object({ text: z.string(), hit: z.boolean() })),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const searchPageSchema = z.object({
  kind: z.enum(SEARCH_KINDS),
  q: z.string(),
  results: z.array(searchResultSchema),
  /** True when more features match than were returned. */
  truncated: z.boolean(),
});
export type SearchPage = z.infer<typeof searchPageSchema>;

/** How the features of a whole text are ranked; rarity as `rarityScore`. */
export const OWN_TEXT_SORTS = ["max", "sum", "rarity"] as const;

/** "Try your own text". */
export const ownTextRequestSchema = z.strictObject({
  text: lensTextSchema,
  /** Features per token, strongest first. */
  perToken: z.number().int().min(1).max(64).default(10),
  /** Report this feature's activation on every token as well. */
  feature: z.number().int().min(0).optional(),
  sort: z.enum(OWN_TEXT_SORTS).default("max"),
  /** Of the whole text's features, leave out those that fire more often. */
  hideDenseAbove: z.number().min(0).max(1).default(1),
});

export const ownTextResponseSchema = z.object({
  /** The text's tokens; BOS, which is never shown or scored, is not among them. */
  tokens: z.array(tokenSchema),
  /** For each token its strongest features. */
  perToken: z.array(
    z.array(z.object({ feature: z.number(), value: z.number() })),
  ),
  /** Features of the whole text, in the order asked for, at most 200. */
  features: z.array(
    z.object({
      row: featureRowSchema,
      maxValue: z.number(),
      maxToken: z.number(),
      sum: z.number(),
      tokensFired: z.number(),
      rarity: z.number(),
    }),
  ),
  /** Activation of the asked-for feature on every token; absent if none was. */
  featureValues: z.array(z.number()).optional(),
  milliseconds: z.number(),
});
export type OwnTextResponse = z.infer<typeof ownTextResponseSchema>;

import { z } from "zod";
import { SORT_KEYS } from "#lib/query/index";
import { featureRowSchema } from "./feature";
import { tokenSchema } from "./common";
import { lensTextSchema } from "./lens";
import { queryTextSchema } from "./query";

/**
 * Where bare words are looked for: labels, labels of like meaning, the text
 * round strongest firings, tokens fired on, tokens whose logits are raised; "text": as a text of one's
 * own, on which the SAE is run.
 */
export const SEARCH_PLACES = [
  "label",
  "about",
  "near",
  "token",
  "promotes",
  "text",
] as const;
export type SearchPlace = (typeof SEARCH_PLACES)[number];

export const searchQuerySchema = z.strictObject({
  q: queryTextSchema
    .refine((q) => q.trim() !== "", "Type something to search for.")
    .describe("What to look for, in the language of docs/search.md."),
  in: z
    .enum(["all", ...SEARCH_PLACES])
    .default("all")
    .describe(
      'Where bare words are looked for; "all" gives the first few of each place but "text".',
    ),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type SearchQuery = z.infer<typeof searchQuerySchema>;

const markedSchema = z.object({
  text: z.string(),
  /** It was looked for. */
  hit: z.boolean(),
  /** The feature fires most strongly here. */
  peak: z.boolean().optional(),
});
export type Marked = z.infer<typeof markedSchema>;

/** Why a feature was found, by what part of the query. */
export const hitSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["near", "fires"]),
    /** Strongest contexts that match. */
    contexts: z.number(),
    /** The strongest of them. */
    snippet: z.array(markedSchema),
  }),
  z.object({
    kind: z.literal("token"),
    /** Of the tokens asked for the one it fires on most. */
    token: tokenSchema,
    /** Firings on all of them … */
    firings: z.number(),
    /** … as a share of all its firings. */
    share: z.number(),
  }),
  z.object({
    kind: z.enum(["promotes", "suppresses"]),
    token: tokenSchema,
    effect: z.number(),
  }),
  z.object({
    kind: z.literal("label"),
    labels: z.number(),
    snippet: z.array(markedSchema),
  }),
  z.object({ kind: z.literal("like"), cosine: z.number() }),
  z.object({
    kind: z.literal("text"),
    /** On the tokens that count. */
    max: z.number(),
    /** The (first) token with it, from 0. */
    at: z.number(),
    sum: z.number(),
    tokensFired: z.number(),
  }),
]);
export type SearchHit = z.infer<typeof hitSchema>;

export const searchResultSchema = z.object({
  feature: featureRowSchema,
  hits: z.array(hitSchema),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

export const searchGroupSchema = z.object({
  /**
   * "filter": the query as it is; "feature": the one whose number it names;
   * "like": those nearest to it.
   */
  in: z.enum([...SEARCH_PLACES, "filter", "feature", "like"]),
  /** The group by itself, as a query. */
  q: z.string(),
  results: z.array(searchResultSchema),
  /** Exact, but where `capped`: then more match. */
  total: z.number(),
  capped: z.boolean(),
  sort: z.object({ key: z.enum(SORT_KEYS), order: z.enum(["asc", "desc"]) }),
  nextCursor: z.string().nullable(),
  /** Words that what was typed stands for. */
  expansions: z.array(
    z.object({ typed: z.string(), words: z.array(z.string()) }),
  ),
});
export type SearchGroup = z.infer<typeof searchGroupSchema>;

export const searchPageSchema = z.object({
  q: z.string(),
  groups: z.array(searchGroupSchema),
  /** A text of one's own that was run, and its strongest activations. */
  ownText: z
    .object({
      tokens: z.array(tokenSchema),
      strongest: z.array(z.number()),
    })
    .nullable(),
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

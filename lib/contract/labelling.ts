import { z } from "zod";
import { commentPageSchema } from "./comment";
import { featureStateSchema, labelSchema } from "./label";
import { flagSchema, rubricSchema } from "./opinion";
import { labelScoreSchema } from "./quiz";

/** Everything people said of a feature, for its page. */
export const labellingSchema = z.object({
  feature: z.number(),
  state: featureStateSchema,
  labels: z.array(labelSchema),
  /** How true they are by quizzes; those never asked about are left out. */
  scores: z.array(labelScoreSchema),
  /** The first page of them. */
  comments: commentPageSchema,
  rubrics: z.array(rubricSchema),
  flags: z.array(flagSchema),
  /** Lists that hold it. */
  lists: z.array(z.object({ id: z.number(), name: z.string() })),
  bookmarked: z.boolean(),
  /** What others said is kept back until one has answered; docs/labels.md. */
  blind: z.boolean(),
});
export type Labelling = z.infer<typeof labellingSchema>;

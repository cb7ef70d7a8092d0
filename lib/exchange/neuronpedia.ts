import { z } from "zod";
import type { WrittenRow } from "./row";

/** How Neuronpedia calls an SAE: a model, and a layer with a set's name. */
export interface NeuronpediaSource {
  modelId: string;
  layer: string;
}

/**
 * A line of Neuronpedia's explanations files. They hold no votes, notes or
 * times; numbers of features are text there.
 */
export const explanationSchema = z.object({
  id: z.string().optional(),
  modelId: z.string("An explanation names its modelId."),
  layer: z.string("An explanation names its layer."),
  index: z.union(
    [z.string().regex(/^\d{1,9}$/), z.number().int().min(0)],
    "The index is the number of a feature.",
  ),
  description: z.string("An explanation has a description."),
  typeName: z.string().nullish(),
  explanationModelName: z.string().nullish(),
  authorName: z.string().nullish(),
  notes: z.string().nullish(),
  createdAt: z.string().nullish(),
});

/** Whether a line is one of theirs. */
export function isExplanation(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    "modelId" in value &&
    "description" in value
  );
}

/** Their explanation as our label. */
export function fromExplanation(
  explanation: z.output<typeof explanationSchema>,
): Record<string, unknown> {
  const { typeName, explanationModelName: model } = explanation;
  return {
    type: "label",
    id: explanation.id,
    feature: Number(explanation.index),
    // Theirs may have several lines; \u0000 is a blank there.
    // eslint-disable-next-line no-control-regex
    text: explanation.description.replace(/[\s\u0000]+/g, " ").trim(),
    note: explanation.notes,
    author:
      explanation.authorName ??
      (model ? `${model} at Neuronpedia` : "Neuronpedia"),
    tags: typeName && typeName !== HUMAN ? [typeName] : [],
    createdAt: explanation.createdAt,
  };
}

/** What they call labels that people wrote. */
const HUMAN = "human";

/** Our label as their explanation; the first line of a file sets its columns. */
export function toExplanation(
  row: WrittenRow,
  { modelId, layer }: NeuronpediaSource,
): Record<string, unknown> {
  return {
    id: row.id,
    modelId,
    layer,
    index: String(row["feature"]),
    authorId: row["author"],
    description: row["text"],
    embedding: null,
    typeName: HUMAN,
    explanationModelName: null,
    // Not read there; so that a label that comes back is who wrote it.
    authorName: row["author"],
    notes: row["note"],
    createdAt: row["createdAt"],
  };
}

import { featureIndexParam } from "#lib/contract/index";
import { AppError } from "#lib/errors";
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

export const contextParams = featureParams.extend({
  sequence: numberParam("sequence"),
});

export const documentParams = saeParams.extend({
  document: numberParam("document"),
});

/** The number of a label, a comment or a list. */
export const idParams = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/, "This number is a whole number.")
    .meta({
      description: "Number of a label, a comment or a list.",
      examples: ["1"],
    })
    .transform(Number),
});

/** The id of a quiz. */
export const quizParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f-]{36}$/, "This is no id of a quiz.")
    .meta({
      description:
        "Id of a quiz, as POST /api/saes/{sae}/quizzes hands it out.",
      examples: ["00000000-0000-4000-8000-000000000000"],
    }),
});

/**
 * A cursor that is a number; `start` where there is none.
 *
 * @throws AppError "bad_request" for anything else.
 */
export function numberFrom(cursor: string | undefined, start: number): number {
  if (cursor === undefined) return start;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw new AppError(
    "bad_request",
    "The page cursor does not belong to this list; go back to its first page.",
  );
}

/** What an index numbers itself. */
function numberParam(kind: "sequence" | "document") {
  return z
    .string()
    .regex(/^\d{1,10}$/, `The number of a ${kind} is a whole number from 0.`)
    .meta({
      description: `Number of a ${kind} of the index.`,
      examples: ["1"],
    })
    .transform(Number);
}

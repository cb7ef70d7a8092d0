import type { z } from "zod";
import { AppError } from "#lib/errors";

/** @throws AppError "invalid": the first problem in words, all in details. */
export function parseInput(
  schema: z.ZodType | undefined,
  value: unknown,
): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: issue.path.join("."),
    message: issue.message,
  }));
  throw new AppError("invalid", sentence(fields[0]!), { details: { fields } });
}

/** Our own schemas speak in sentences; zod's words get the field's name. */
function sentence({ field, message }: { field: string; message: string }) {
  if (message.endsWith(".")) return message;
  return field === "" ? `${message}.` : `"${field}" is not right: ${message}.`;
}

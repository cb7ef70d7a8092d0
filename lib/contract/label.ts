import { z } from "zod";

/** Control characters that never belong in one line of text. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/;

const oneLine = (name: string, max: number) =>
  z
    .string()
    .trim()
    .normalize()
    .min(1, `${name} is empty.`)
    .max(max, `${name} is longer than ${max} characters.`)
    .refine((s) => !CONTROL.test(s), `${name} holds control characters.`);

export const labelTextSchema = oneLine("The label", 512);
export const authorSchema = oneLine("The name", 60);

export const labelSchema = z.object({
  id: z.number(),
  feature: z.number(),
  text: z.string(),
  author: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Starts at 1, grows by 1 with each edit. */
  version: z.number(),
});
export type Label = z.infer<typeof labelSchema>;

export const newLabelSchema = z.strictObject({
  text: labelTextSchema,
  author: authorSchema,
});

/** An edit names the version it was made from; another's edit is a conflict. */
export const editLabelSchema = z.strictObject({
  text: labelTextSchema,
  author: authorSchema,
  version: z.number().int().min(1),
});

export const deleteLabelSchema = z.strictObject({
  author: authorSchema,
  version: z.number().int().min(1),
});

export const labelListSchema = z.object({ labels: z.array(labelSchema) });

export const labelRevisionSchema = z.object({
  version: z.number(),
  text: z.string(),
  author: z.string(),
  at: z.string(),
  kind: z.enum(["created", "edited", "deleted", "restored"]),
});
export const labelHistorySchema = z.object({
  label: labelSchema.extend({ deleted: z.boolean() }),
  revisions: z.array(labelRevisionSchema),
});
export type LabelHistory = z.infer<typeof labelHistorySchema>;

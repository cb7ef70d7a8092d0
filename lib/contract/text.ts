import { z } from "zod";

/** Control characters that never belong in one line of text. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028\u2029]/;

/** In several lines, tabs and line ends do. */
// eslint-disable-next-line no-control-regex
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b-\u001f\u007f]/;

const text = (name: string, max: number) =>
  z
    .string()
    .trim()
    .normalize()
    .max(max, `${name} is longer than ${max} characters.`);

/** Text in one line, not empty. */
export const oneLine = (name: string, max: number) =>
  text(name, max)
    .min(1, `${name} is empty.`)
    .refine((s) => !CONTROL.test(s), `${name} holds control characters.`);

/** Text in any number of lines; may be empty. */
export const manyLines = (name: string, max: number) =>
  z
    .string()
    .transform((s) => s.replace(/\r\n?/g, "\n"))
    .pipe(text(name, max))
    .refine(
      (s) => !CONTROL_BUT_LINES.test(s),
      `${name} holds control characters.`,
    );

/** A page's end, as the answer before gave it. */
export const cursorSchema = z.string().max(200).optional();
export const limitSchema = (standard: number) =>
  z.coerce.number().int().min(1).max(200).default(standard);

/** A person as others see them. */
export const personSchema = z.object({ id: z.string(), name: z.string() });
export type Person = z.infer<typeof personSchema>;

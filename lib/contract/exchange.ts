import { z } from "zod";

/** How labels leave and come in: docs/data-formats.md. */
export const EXCHANGE_FORMATS = ["jsonl", "csv", "neuronpedia"] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];

export const exportQuerySchema = z.object({
  format: z.enum(EXCHANGE_FORMATS).default("jsonl"),
  gzip: z
    .enum(["0", "1"])
    .default("0")
    .transform((word) => word === "1")
    .describe("1: packed."),
  /** For Neuronpedia: how it calls the model and the SAE. */
  model: z.string().min(1).max(100).optional(),
  source: z.string().min(1).max(100).optional(),
});

export const importQuerySchema = z.object({
  check: z
    .enum(["0", "1"])
    .default("0")
    .transform((word) => word === "1")
    .describe("1: only says what would happen; nothing is written."),
});

const count = z.number().int().min(0);

/** What became of a file's rows. */
export const importReportSchema = z.object({
  format: z.enum(EXCHANGE_FORMATS),
  /** Nothing was written: it says what would be. */
  checked: z.boolean(),
  /** Rows of the file, the names of columns left out. */
  rows: count,
  /** By kind of row: label, vote … */
  added: z.record(z.string(), count),
  /** Rows that were here, by their ids or by what they say. */
  already: count,
  rejected: count,
  /** The first of them. */
  rejections: z.array(
    z.object({
      /** Of the file, from 1. */
      line: z.number(),
      /** The kind of row, where it could be told. */
      type: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  /** Authors who are people here, and those known by name only from now on. */
  people: z.object({
    known: z.array(z.string()),
    fresh: z.array(z.string()),
  }),
});
export type ImportReport = z.infer<typeof importReportSchema>;

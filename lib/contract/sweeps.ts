import { z } from "zod";

const figure = z.number().nullable();

/**
 * One SAE of a sweep. Figures are held-out, as `evaluationSchema` defines
 * them; null where the cell failed or was not measured.
 */
export const sweepCellSchema = z.object({
  saeId: z.string(),
  hookName: z.string(),
  architecture: z.string(),
  dSae: z.number().int().positive(),
  /** Active latents per token that were asked for; null without a top-k. */
  k: figure,
  /** Sparsity coefficient (λ), or null where k sets the sparsity. */
  sparsity: figure,
  status: z.enum(["done", "failed"]),
  /** Why it failed, in one sentence. */
  error: z.string().nullable(),
  /** Active latents per token that were measured. */
  l0: figure,
  fvu: figure,
  /** Nats per token. */
  deltaCe: figure,
  /** Against zero ablation. */
  ceRecovered: figure,
  ceRecoveredFromMean: figure,
  /** Nats per token. */
  kl: figure,
  deadFraction: figure,
  trainTokensPerSecond: figure,
  /** The compute engine it was trained on. */
  engine: z.string(),
});
export type SweepCell = z.infer<typeof sweepCellSchema>;

/** A sweep's `report.json`: a grid of SAEs trained on one activation pass. */
export const sweepReportSchema = z.object({
  name: z.string(),
  createdAt: z.iso.datetime(),
  modelName: z.string(),
  corpusName: z.string(),
  /** Training tokens of each SAE. */
  tokens: z.number().int().nonnegative(),
  cells: z.array(sweepCellSchema),
});
export type SweepReport = z.infer<typeof sweepReportSchema>;

/** A report as the app shows it. */
export const sweepDetailSchema = sweepReportSchema.extend({
  /** Of the cells' SAEs those that have an index, and so a page. */
  indexed: z.array(z.string()),
});
export type SweepDetail = z.infer<typeof sweepDetailSchema>;

export const sweepSummarySchema = sweepReportSchema
  .omit({ cells: true })
  .extend({
    done: z.number().int(),
    failed: z.number().int(),
    hookNames: z.array(z.string()),
    architectures: z.array(z.string()),
  });
export type SweepSummary = z.infer<typeof sweepSummarySchema>;

export const sweepListSchema = z.object({
  /** Newest first. */
  sweeps: z.array(sweepSummarySchema),
  /** Reports that cannot be read, and why; one bad file hides no other. */
  unreadable: z.array(z.object({ name: z.string(), message: z.string() })),
});
export type SweepList = z.infer<typeof sweepListSchema>;

import type { Rng } from "#lib/random";
import { groupEnds } from "#lib/sae/architectures/matryoshka";
import { hasK, type TrainingConfig } from "#lib/sae/config";
import type * as oracle from "#test/reference/sae";
import { normaliseRows } from "#test/reference/optimiser";
import { plainConfig, randomNormal, randomParams } from "./problem";

/** A shape that fills the kernels' blocks, and one that leaves a ragged tail. */
export const SHAPES = [
  { rows: 24, dIn: 64, dSae: 80, k: 5 },
  { rows: 17, dIn: 39, dSae: 50, k: 3 },
];

/** Every architecture, and every variant with code of its own. */
export const VARIANTS: Record<
  string,
  Pick<TrainingConfig, "architecture"> & Partial<TrainingConfig>
> = {
  topk: { architecture: "topk" },
  batch_topk: { architecture: "batch_topk" },
  matryoshka_batch_topk: {
    architecture: "matryoshka_batch_topk",
    matryoshkaFractions: [0.125, 0.25, 0.5, 1],
  },
  jumprelu: { architecture: "jumprelu", bandwidth: 0.6 },
  gated: { architecture: "gated" },
  relu_l1: { architecture: "relu_l1" },
  "relu_l1 with decoder norms": {
    architecture: "relu_l1",
    decoderNormL1: true,
    unitNormDecoder: false,
  },
};

/** A variant at a shape, for a trainer and for the oracle. */
export function problemOf(
  shape: (typeof SHAPES)[number],
  variant: Pick<TrainingConfig, "architecture"> & Partial<TrainingConfig>,
): { config: TrainingConfig; q: oracle.Problem } {
  const { rows, dIn, dSae, k } = shape;
  const topk = hasK(variant.architecture);
  const config = plainConfig({
    dIn,
    dSae,
    k: topk ? k : null,
    batchSize: rows,
    unitNormDecoder: true,
    thresholdLrScale: 2,
    ...variant,
  });
  const q: oracle.Problem = {
    architecture: config.architecture,
    rows,
    dIn,
    dSae,
    k,
    sparsity: topk ? 0 : 0.2,
    decoderNormL1: config.decoderNormL1,
    bandwidth: config.bandwidth,
    groupEnds: groupEnds(config),
  };
  return { config, q };
}

/** Random parameters that float32 holds exactly. */
export function oracleParams(rng: Rng, config: TrainingConfig): oracle.Params {
  const { dIn, dSae } = config;
  const p: oracle.Params = randomParams(rng, dIn, dSae);
  if (config.unitNormDecoder) normaliseRows(p.W_dec, dIn);
  if (config.architecture === "jumprelu") {
    p.threshold = randomNormal(rng, dSae, 0.1).map((t) =>
      Math.fround(Math.abs(t) + 0.3),
    );
  }
  if (config.architecture === "gated") {
    p.r_mag = randomNormal(rng, dSae, 0.1);
    p.b_mag = randomNormal(rng, dSae, 0.1);
  }
  // A float32 trainer starts from the same numbers.
  for (const values of Object.values(p) as Float64Array[]) {
    values.forEach((v, i) => (values[i] = Math.fround(v)));
  }
  return p;
}

import type { FloatBlock, KernelPool } from "#lib/compute/index";
import type { LatentParameter } from "#lib/sae/architectures/architecture";
import type { TrainingConfig } from "#lib/sae/config";
import type { TrainState } from "#lib/sae/train-state";
import type { CodeBlocks } from "./code-blocks";

/** A part of dL/dz that is the same for every token; addresses. */
export interface Spread {
  /** [dSae] dL/dz_ti of each latent i, whatever t. */
  perLatent: number;
  /** [dIn] Σ_t (x_t − b_dec), which makes it a gradient of W_enc. */
  inputSum: number;
}

/**
 * The pre-activation loss (docs/method.md, Eq. 34) on dead latents. Its
 * gradient is the same for every token below the threshold, so it is added for
 * all tokens at once, and taken back where a dead latent has just fired.
 */
export class PreActivationLoss {
  private readonly perLatent: FloatBlock;
  private readonly inputSum: FloatBlock;

  constructor(
    private readonly config: TrainingConfig,
    private readonly state: TrainState,
    private readonly pool: KernelPool,
    private readonly x: FloatBlock,
  ) {
    this.perLatent = pool.arena.float32(config.dSae);
    this.inputSum = pool.arena.float32(config.dIn);
  }

  /** Adds to the code's dL/dz and the thresholds' gradient; null without dead. */
  run(
    dead: Uint32Array,
    code: CodeBlocks,
    threshold: LatentParameter,
  ): { spread: Spread; loss: number } | null {
    if (dead.length === 0) return null;
    const { config, state, inputSum, perLatent } = this;
    const { batchSize: rows, dIn, dSae, deadCoefficient } = config;
    const weight = deadCoefficient / rows;
    perLatent.view.fill(0);
    for (const i of dead) {
      perLatent.view[i] = -weight;
      threshold.gradient[i]! += deadCoefficient;
    }
    this.sumInputs();

    let loss = 0;
    const W_enc = state.view("W_enc");
    const bEnc = state.view("b_enc");
    for (const i of dead) {
      let zSum = rows * bEnc[i]!;
      const row = W_enc.subarray(i * dIn, (i + 1) * dIn);
      for (let c = 0; c < dIn; c++) zSum += row[c]! * inputSum.view[c]!;
      loss += weight * (rows * threshold.value[i]! - zSum);
    }
    const isDead = new Uint8Array(dSae);
    for (const i of dead) isDead[i] = 1;
    const { indices, values, dValues, entries } = code;
    for (let e = 0; e < entries; e++) {
      const i = indices[e]!;
      if (values[e]! > 0 && isDead[i] === 1) {
        dValues[e]! += weight;
        threshold.gradient[i]! -= weight;
        loss -= weight * (threshold.value[i]! - values[e]!);
      }
    }
    const spread = {
      perLatent: perLatent.pointer,
      inputSum: inputSum.pointer,
    };
    return { spread, loss };
  }

  private sumInputs(): void {
    const { config, pool, inputSum, x } = this;
    const { batchSize: rows, dIn } = config;
    const sum = inputSum.view;
    sum.fill(0);
    pool.kernels.sumRows(0, rows, dIn, x.pointer, inputSum.pointer);
    const bDec = this.state.view("b_dec");
    for (let c = 0; c < dIn; c++) sum[c]! -= rows * bDec[c]!;
  }
}

import type { KernelPool } from "#lib/compute/index";
import type { TrainingConfig } from "#lib/sae/config";
import type { Selector } from "#lib/sae/selector";
import type { TrainState } from "#lib/sae/train-state";
import { CodeBlocks } from "./code-blocks";

/**
 * AuxK (docs/method.md, Eq. 6): the strongest dead latents model what the live
 * ones left over. The decoder bias takes no part, and no live latent is moved.
 */
export class AuxiliaryLoss {
  private readonly blocks: CodeBlocks;

  constructor(
    private readonly config: TrainingConfig,
    private readonly state: TrainState,
    private readonly pool: KernelPool,
    private readonly selector: Selector,
  ) {
    const { batchSize, dIn, dSae, auxK } = config;
    const entries = batchSize * Math.min(auxK, dSae);
    this.blocks = new CodeBlocks(pool.arena, batchSize, dIn, dSae, entries);
  }

  /**
   * Leaves the auxiliary code with its gradients in `blocks`, by row and by
   * latent; null without dead latents.
   *
   * @param main its dL/dx̂ is gradScale · (x̂ − x), so −1/gradScale of it is e.
   */
  async run(
    dead: Uint32Array,
    main: CodeBlocks,
    gradScale: number,
    input: { x: Float32Array; b_dec: Float32Array },
  ): Promise<{ blocks: CodeBlocks; mse: number; loss: number } | null> {
    if (dead.length === 0) return null;
    const { blocks, config, pool } = this;
    const { batchSize: rows, auxK } = config;
    const weights = { ...this.weightsOf(dead), b_dec: input.b_dec };
    const k = Math.min(auxK, dead.length);
    blocks.rows = 0;
    await this.selector.topk(weights, input.x, rows, k, blocks);
    const { indices, entries } = blocks;
    for (let e = 0; e < entries; e++) indices[e] = dead[indices[e]!]!;
    const weight = config.deadCoefficient * Math.min(1, dead.length / auxK);
    blocks.reconstruct(pool, {
      target: main.gradPointer,
      targetScale: -1 / gradScale,
      bias: 0,
      W_dec: this.state.pointer("W_dec"),
      gradScales: [(2 / rows) * weight],
    });
    blocks.buildColumns(pool);
    const mse = blocks.errors().reduce((a, b) => a + b, 0) / rows;
    return { blocks, mse, loss: weight * mse };
  }

  /** The dead latents' rows of the encoder, together. */
  private weightsOf(dead: Uint32Array) {
    const { dIn } = this.config;
    const W_enc = new Float32Array(dead.length * dIn);
    const b_enc = new Float32Array(dead.length);
    const allRows = this.state.view("W_enc");
    const allBiases = this.state.view("b_enc");
    dead.forEach((latent, i) => {
      W_enc.set(allRows.subarray(latent * dIn, (latent + 1) * dIn), i * dIn);
      b_enc[i] = allBiases[latent]!;
    });
    return { W_enc, b_enc };
  }
}

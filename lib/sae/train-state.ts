import type { Arena, FloatBlock } from "#lib/compute/index";

/** Everything that a step changes; what a checkpoint holds. */
export const STATE_TENSORS = [
  "W_enc",
  "W_dec",
  "b_enc",
  "b_dec",
  "m.W_enc",
  "v.W_enc",
  "m.W_dec",
  "v.W_dec",
  "m.b_enc",
  "v.b_enc",
  "m.b_dec",
  "v.b_dec",
] as const;
export type StateTensor = (typeof STATE_TENSORS)[number];

/**
 * Parameters, Adam's moments and firing history of an SAE in training. The
 * tensors live in the kernels' memory; matrices have one row per latent.
 */
export class TrainState {
  readonly blocks: Record<StateTensor, FloatBlock>;
  /** Tokens since each latent last fired. */
  readonly silentTokens: Float64Array;
  /** Optimiser steps taken. */
  step = 0;

  constructor(
    arena: Arena,
    readonly dIn: number,
    readonly dSae: number,
  ) {
    this.blocks = Object.fromEntries(
      STATE_TENSORS.map((name) => [name, arena.float32(this.length(name))]),
    ) as Record<StateTensor, FloatBlock>;
    this.silentTokens = new Float64Array(dSae);
  }

  private length(name: StateTensor): number {
    if (name.endsWith("b_enc")) return this.dSae;
    if (name.endsWith("b_dec")) return this.dIn;
    return this.dSae * this.dIn;
  }

  shape(name: StateTensor): number[] {
    if (name.endsWith("b_enc")) return [this.dSae];
    if (name.endsWith("b_dec")) return [this.dIn];
    return [this.dSae, this.dIn];
  }

  view(name: StateTensor): Float32Array {
    return this.blocks[name].view;
  }

  pointer(name: StateTensor): number {
    return this.blocks[name].pointer;
  }
}

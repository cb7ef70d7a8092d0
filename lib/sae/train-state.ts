import type { Arena, FloatBlock } from "#lib/compute/index";
import type { LatentParameterName } from "./architectures/architecture";
import { DEFINITIONS } from "./architectures/index";
import type { TrainingConfig } from "./config";
import type { SparsityControl } from "./schedule";

/** What is trained, by name. */
export type ParameterName =
  "W_enc" | "W_dec" | "b_enc" | "b_dec" | LatentParameterName;

type StateConfig = Pick<
  TrainingConfig,
  "architecture" | "dIn" | "dSae" | "emaDecay"
>;

/** The parameters of an architecture; matrices have one row per latent. */
export function parametersOf(
  config: Pick<TrainingConfig, "architecture">,
): ParameterName[] {
  const { latentParameters } = DEFINITIONS[config.architecture];
  return ["W_enc", "W_dec", "b_enc", "b_dec", ...latentParameters];
}

export function parameterShape(
  name: ParameterName,
  config: Pick<TrainingConfig, "dIn" | "dSae">,
): number[] {
  if (name === "W_enc" || name === "W_dec") return [config.dSae, config.dIn];
  return [name === "b_dec" ? config.dIn : config.dSae];
}

/**
 * Everything that a step changes, by name, with its shape: each parameter,
 * Adam's moments `m.*` and `v.*`, and, where weights are averaged, `ema.*`.
 */
export function stateShapes(config: StateConfig): Record<string, number[]> {
  const prefixes = [
    "",
    "m.",
    "v.",
    ...(config.emaDecay === null ? [] : ["ema."]),
  ];
  return Object.fromEntries(
    prefixes.flatMap((prefix) =>
      parametersOf(config).map((name) => [
        `${prefix}${name}`,
        parameterShape(name, config),
      ]),
    ),
  );
}

/** Numbers that a step changes besides; a checkpoint holds them exactly. */
export interface StateNumbers {
  /** λ, which moves where an L0 is aimed at. */
  sparsity: SparsityControl;
  /** Weighted sum, and sum of weights, of the batches' thresholds (Eq. 27). */
  thresholdSum: number;
  thresholdWeight: number;
}

/** Training state on any engine. Arrays may be the engine's own: copy to keep. */
export interface Snapshot {
  step: number;
  tensors: Record<string, Float32Array>;
  /** [dSae] tokens since each latent last fired. */
  silentTokens: Float64Array;
  /** What the engine has learned about the data, such as how many entries a row
   *  has. It decides how a step is computed, and so the last bit of sums. */
  hints: Record<string, number>;
  numbers: StateNumbers;
}

export function initialNumbers(
  config: Pick<TrainingConfig, "sparsityCoefficient">,
): StateNumbers {
  return {
    sparsity: { level: config.sparsityCoefficient, l0: null },
    thresholdSum: 0,
    thresholdWeight: 0,
  };
}

/** The training state in the kernels' memory. */
export class TrainState {
  readonly blocks: Record<string, FloatBlock>;
  readonly silentTokens: Float64Array;
  step = 0;

  constructor(arena: Arena, config: StateConfig) {
    this.blocks = Object.fromEntries(
      Object.entries(stateShapes(config)).map(([name, shape]) => [
        name,
        arena.float32(shape.reduce((a, b) => a * b, 1)),
      ]),
    );
    this.silentTokens = new Float64Array(config.dSae);
  }

  get tensors(): Record<string, Float32Array> {
    return Object.fromEntries(
      Object.entries(this.blocks).map(([name, block]) => [name, block.view]),
    );
  }

  view(name: string): Float32Array {
    return this.blocks[name]!.view;
  }

  pointer(name: string): number {
    return this.blocks[name]!.pointer;
  }
}

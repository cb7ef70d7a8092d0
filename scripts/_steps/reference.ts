import { readFile } from "node:fs/promises";
import { z } from "zod";
import { AppError } from "#lib/errors";
import {
  ARCHITECTURES,
  hasK,
  parametersOf,
  type SaeTrainer,
  type TrainingConfig,
} from "#lib/sae/index";

const numbers = z.array(z.number());
const byTensor = z.record(z.string(), numbers);

/**
 * One optimiser step as another program computed it: matrices row-major, W_enc
 * [dIn × dSae], W_dec [dSae × dIn]; losses are means over the batch of per-token
 * sums; gradients are of the whole loss, without projection. Adam's step has
 * β = (0.9, 0.999), ε = 1e-8 and lr = 1e-3.
 */
const schema = z.object({
  shapes: z.object({ x: z.tuple([z.number(), z.number()]) }),
  k: z.number().int().positive(),
  x: numbers,
  W_enc: numbers,
  W_dec: numbers,
  b_enc: numbers,
  b_dec: numbers,
  cases: z.record(
    z.string(),
    z.object({
      lambda: z.number().optional(),
      /** A number: what batch_topk must find. A list: jumprelu's parameter. */
      threshold: z.union([z.number(), numbers]).optional(),
      bandwidth: z.number().optional(),
      r_mag: numbers.optional(),
      b_mag: numbers.optional(),
      matryoshka_fractions: numbers.optional(),
      l0: z.number().optional(),
      f: numbers.optional(),
      x_hat: numbers.optional(),
      mse: numbers.optional(),
      l1: numbers.optional(),
      loss: numbers.optional(),
      grad: byTensor.optional(),
      adam_step: byTensor.optional(),
    }),
  ),
});
type Reference = z.infer<typeof schema>;
type Case = Reference["cases"][string];

const LR = 1e-3;

/** How far one quantity is off: relative to the largest entry expected. */
export interface QuantityError {
  architecture: string;
  quantity: string;
  error: number;
}

/**
 * Takes the reference's step with our trainer and compares every quantity.
 *
 * @throws AppError when the file is not of this format.
 */
export async function compareWithReference(
  file: string,
  createTrainer: (config: TrainingConfig) => Promise<SaeTrainer>,
): Promise<QuantityError[]> {
  const reference = await readReference(file);
  const errors: QuantityError[] = [];
  for (const [name, expected] of Object.entries(reference.cases)) {
    const config = configOf(name, expected, reference, file);
    const trainer = await createTrainer(config);
    try {
      const actual = await takeStep(trainer, reference, expected);
      for (const [quantity, values] of quantitiesOf(expected, config)) {
        const error = largestError(actual[quantity], values);
        errors.push({ architecture: name, quantity, error });
      }
    } finally {
      await trainer.dispose();
    }
  }
  return errors;
}

async function readReference(file: string): Promise<Reference> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new AppError("invalid", `${file} cannot be read as JSON.`, {
      cause: error,
    });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError(
    "invalid",
    `${file} is not a reference step: ${issue.path.join(".")}: ${issue.message}.`,
  );
}

function configOf(
  name: string,
  expected: Case,
  reference: Reference,
  file: string,
): TrainingConfig {
  const architecture = ARCHITECTURES.find((known) => known === name);
  if (architecture === undefined) {
    throw new AppError(
      "invalid",
      `${file} has a case "${name}"; known are ${ARCHITECTURES.join(", ")}.`,
    );
  }
  const [batchSize, dIn] = reference.shapes.x;
  return {
    architecture,
    dIn,
    dSae: reference.b_enc.length,
    k: hasK(architecture) ? reference.k : null,
    sparsityCoefficient: expected.lambda ?? 0,
    sparsityWarmupSteps: 0,
    targetL0: null,
    initialL0: null,
    decoderNormL1: false,
    bandwidth: expected.bandwidth ?? 0,
    thresholdLrScale: 1,
    matryoshkaFractions: expected.matryoshka_fractions ?? null,
    lr: LR,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    lrWarmupSteps: 0,
    lrDecayFraction: 0,
    gradClip: null,
    emaDecay: null,
    batchSize,
    bufferTokens: batchSize,
    epochs: 1,
    maxTokens: null,
    unitNormDecoder: false,
    bDecInit: "zero",
    normalize: false,
    deadLatents: "none",
    deadAfterTokens: Infinity,
    deadCoefficient: 0,
    auxK: 0,
    resampleEverySteps: 1,
    seed: 0,
  };
}

/** Every quantity of a step by the name it has in the file. */
async function takeStep(
  trainer: SaeTrainer,
  reference: Reference,
  expected: Case,
): Promise<Record<string, ArrayLike<number>>> {
  const { config } = trainer;
  const { dIn, dSae } = config;
  const state = await trainer.snapshot();
  const { tensors } = state;
  tensors.W_enc!.set(transposed(reference.W_enc, dIn, dSae));
  for (const name of ["W_dec", "b_enc", "b_dec"] as const) {
    tensors[name]!.set(reference[name]);
  }
  for (const name of ["threshold", "r_mag", "b_mag"] as const) {
    const given = expected[name];
    if (Array.isArray(given)) tensors[name]?.set(given);
  }
  await trainer.restore(state);
  trainer.input.set(reference.x);
  const step = await trainer.step(
    { lr: LR, sparsity: config.sparsityCoefficient },
    { gradients: true },
  );
  const after = (await trainer.snapshot()).tensors;
  const asInFile = (name: string, values: Float32Array) =>
    name === "W_enc" ? transposed(values, dSae, dIn) : values;
  return {
    f: step.f!,
    x_hat: step.xHat!,
    mse: [step.mse],
    l1: [step.l1],
    l0: [step.l0],
    loss: [step.loss],
    threshold: [step.threshold ?? NaN],
    ...Object.fromEntries(
      parametersOf(config).flatMap((name) => [
        [`grad.${name}`, asInFile(name, step.gradients![name]!)],
        [`adam_step.${name}`, asInFile(name, after[name]!)],
      ]),
    ),
  };
}

/** What a case expects, flat; what it holds besides is not compared. */
function quantitiesOf(
  expected: Case,
  config: TrainingConfig,
): [string, ArrayLike<number>][] {
  const scalars = { l0: expected.l0, threshold: expected.threshold };
  const quantities: [string, ArrayLike<number> | undefined][] = [
    ["f", expected.f],
    ["x_hat", expected.x_hat],
    ["mse", expected.mse],
    ["l1", expected.l1],
    ["loss", expected.loss],
    ...Object.entries(scalars).map(
      ([name, value]): [string, number[] | undefined] => [
        name,
        typeof value === "number" ? [value] : undefined,
      ],
    ),
    ...parametersOf(config).flatMap(
      (name): [string, number[] | undefined][] => [
        [`grad.${name}`, expected.grad?.[name]],
        [`adam_step.${name}`, expected.adam_step?.[name]],
      ],
    ),
  ];
  return quantities.filter(
    (entry): entry is [string, ArrayLike<number>] => entry[1] !== undefined,
  );
}

/** max |actual − expected| / max |expected|; infinite for NaN or another length. */
export function largestError(
  actual: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
): number {
  if (actual?.length !== expected.length) return Infinity;
  let largest = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (Number.isNaN(difference)) return Infinity;
    largest = Math.max(largest, difference);
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return largest === 0 ? 0 : largest / size;
}

/** [rows × cols] → [cols × rows] */
function transposed(
  values: ArrayLike<number>,
  rows: number,
  cols: number,
): Float32Array {
  return Float32Array.from(
    { length: rows * cols },
    (_, i) => values[(i % rows) * cols + Math.floor(i / rows)]!,
  );
}

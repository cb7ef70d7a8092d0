import type { LensPredictions, LensText } from "#app/_queries/lens";
import { activationStep } from "./activation";
import { formatActivation, formatPercent } from "./format";

/** What the text can be coloured by. */
export const COLOURINGS = [
  "error",
  "l0",
  "loss",
  "added",
  "kl",
  "feature",
  "none",
] as const;
export type Colouring = (typeof COLOURINGS)[number];

export const COLOURING_NAMES: Record<Colouring, string> = {
  error: "reconstruction error",
  l0: "features active (L0)",
  loss: "loss of the next token",
  added: "loss the SAE adds",
  kl: "change of prediction (KL)",
  feature: "one feature",
  none: "nothing",
};

/** A text's colours. */
export interface Painting {
  /** −4 … 4 a token: 0 is no fill, below it the ramp for what is better. */
  steps: Int8Array;
  /** What a token's colour stands for, in words. */
  words: (token: number) => string;
  /** What the steps mean, in numbers. */
  legend: { step: number; text: string }[];
  /** What is measured, in a sentence. */
  note: string;
}

interface Subject {
  lens: LensText;
  /** Not there yet, or not to be had. */
  losses: LensPredictions | undefined;
  feature: number | null;
  /** The feature's maximum over the corpus, once it is known. */
  featureMax: number;
}

/** Losses and divergences have fixed steps, so that two texts compare. */
const LOSS_STEPS = [2, 4, 6, 8];
const ADDED_STEPS = [0.1, 0.5, 1, 2];
const KL_STEPS = [0.03, 0.1, 0.3, 1];

/** The text coloured; undefined while what it takes is not there. */
export function paint(by: Colouring, subject: Subject): Painting | undefined {
  const { lens, losses } = subject;
  switch (by) {
    case "error":
      return byError(lens);
    case "l0":
      return byL0(lens);
    case "loss":
      return losses && byLoss(losses);
    case "added":
      return losses && byAddedLoss(losses);
    case "kl":
      return (
        losses &&
        ramp(
          losses.kl,
          KL_STEPS,
          (v) => `KL ${nats(v)}`,
          "KL divergence of the next-token distribution with the SAE spliced in from that without it, nats.",
        )
      );
    case "feature":
      return byFeature(subject);
    case "none":
      return {
        steps: new Int8Array(lens.tokens.length),
        words: () => "",
        legend: [],
        note: "Choose a token to see what fires on it.",
      };
  }
}

/** One feature's activation on every token; 0 where it is silent. */
export function featureColumn(
  { tokens, code }: Pick<LensText, "tokens" | "code">,
  feature: number,
): Float32Array {
  const out = new Float32Array(tokens.length);
  for (let t = 0; t < out.length; t++) {
    for (let e = code.rowPtr[t]!; e < code.rowPtr[t + 1]!; e++) {
      if (code.features[e] === feature) out[t] = code.values[e]!;
    }
  }
  return out;
}

function byError({ error, unexplained }: LensText): Painting {
  // Relative to the text as a whole: SAEs differ tenfold in what they leave.
  const steps = [1, 1.5, 2, 3].map((times) => times * unexplained);
  return ramp(
    error,
    steps,
    (v) => `error ${share(v)}`,
    `Share of the token's distance from the mean activation that the SAE leaves unexplained. Steps: 1, 1½, 2 and 3 times that of the whole text, ${share(unexplained)}.`,
    share,
  );
}

function byL0({ l0 }: LensText): Painting {
  const [min, max] = [Math.min(...l0), Math.max(...l0)];
  const words = (t: number) => `${l0[t]!} features`;
  if (min === max) {
    return {
      steps: new Int8Array(l0.length),
      words,
      legend: [],
      note: `Every token has exactly ${max} active features.`,
    };
  }
  const steps = [0, 1, 2, 3].map((q) => min + (q * (max - min)) / 4);
  return {
    ...ramp(
      l0,
      steps,
      () => "",
      `Features active on the token, whatever their strength; quarters of the way from ${min} to ${max}.`,
      (v) => v.toFixed(0),
    ),
    words,
  };
}

function byLoss({ ce }: LensPredictions): Painting {
  return ramp(
    ce,
    LOSS_STEPS,
    (v) => `loss ${nats(v)}`,
    "Cross-entropy of the token that follows, nats: how surprised the model is by it. The last token has nothing after it.",
  );
}

function byAddedLoss({ ce, ceSpliced }: LensPredictions): Painting {
  const added = ce.map((v, t) => ceSpliced[t]! - v);
  return {
    steps: Int8Array.from(added, (v) =>
      v < 0 ? -stepOf(-v, ADDED_STEPS) : stepOf(v, ADDED_STEPS),
    ),
    words: (t) =>
      Number.isNaN(added[t]!) ? "no next token" : `loss ${signed(added[t]!)}`,
    legend: [
      ...[4, 3, 2, 1].map((step) => ({
        step: -step,
        text: `< −${ADDED_STEPS[step - 1]!}`,
      })),
      ...[1, 2, 3, 4].map((step) => ({
        step,
        text: `> +${ADDED_STEPS[step - 1]!}`,
      })),
    ],
    note: "Cross-entropy of the token that follows with the SAE's reconstruction in place of the activations, less that without, nats.",
  };
}

function byFeature({ lens, feature, featureMax }: Subject): Painting {
  if (feature === null) {
    return {
      steps: new Int8Array(lens.tokens.length),
      words: () => "",
      legend: [],
      note: "Type a feature's number, or choose a feature below.",
    };
  }
  const values = featureColumn(lens, feature);
  const max = Math.max(featureMax, ...values);
  return {
    steps: Int8Array.from(values, (v) => activationStep(v, max)),
    words: (t) =>
      values[t]! > 0
        ? `feature ${feature}: ${formatActivation(values[t]!)}`
        : "",
    legend: [1, 2, 3, 4].map((step) => ({
      step,
      text:
        step === 1 ? "> 0" : `> ${formatActivation((max * (step - 1)) / 4)}`,
    })),
    note: `Activation of feature ${feature}: quarters of ${formatActivation(max)}, its maximum over the indexed text${max > featureMax ? " or here" : ""}.`,
  };
}

function ramp(
  values: ArrayLike<number>,
  above: readonly number[],
  words: (value: number) => string,
  note: string,
  format: (value: number) => string = formatActivation,
): Painting {
  return {
    steps: Int8Array.from({ length: values.length }, (_, t) =>
      stepOf(values[t]!, above),
    ),
    words: (t) =>
      Number.isNaN(values[t]!) ? "no next token" : words(values[t]!),
    legend: above.map((value, i) => ({
      step: i + 1,
      text: `> ${format(value)}`,
    })),
    note,
  };
}

/** How many of the ascending bounds a value is above; 0 for NaN. */
function stepOf(value: number, above: readonly number[]): number {
  return above.filter((bound) => value > bound).length;
}

const nats = (value: number) => `${formatActivation(value)} nats`;
const share = (value: number) => formatPercent(value, 1);

/** +0.12, −0.30, +10.3: with a sign always, and two decimals at most. */
export function signed(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  const shown = size.toFixed(digits);
  return `${value < 0 && Number(shown) > 0 ? "−" : "+"}${shown}`;
}

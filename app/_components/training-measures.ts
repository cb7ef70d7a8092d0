import type { SaeDetail } from "#lib/contract/index";
import { formatCompact, formatCount } from "./format";

type Curve = SaeDetail["trainingCurve"];

/** A figure that a training logs. */
export interface TrainingMeasure {
  key: string;
  name: string;
  meaning: string;
  log: boolean;
  format: (value: number) => string;
}

const decimals = (digits: number) => (value: number) => value.toFixed(digits);
const short = (value: number) =>
  value !== 0 && Math.abs(value) < 0.01
    ? Number(value.toPrecision(2)).toExponential()
    : Number(value.toPrecision(3)).toString();

const MEASURES: readonly TrainingMeasure[] = [
  {
    key: "fvu",
    name: "FVU",
    meaning:
      "Fraction of variance unexplained in the batch: 0 is perfect, 1 no better than the mean.",
    log: true,
    format: decimals(3),
  },
  {
    key: "l0",
    name: "L0",
    meaning: "Active features per token, the mean over the batch.",
    log: false,
    format: decimals(1),
  },
  {
    key: "dead",
    name: "Dead",
    meaning: "Features that had not fired for a long time at that step.",
    log: false,
    format: formatCount,
  },
  {
    key: "lr",
    name: "Learning rate",
    meaning: "Adam's step size: warmed up, held, and let down at the end.",
    log: false,
    format: short,
  },
  {
    key: "mse",
    name: "MSE",
    meaning:
      "Squared reconstruction error per token, summed over dimensions, in the normalised units of training.",
    log: true,
    format: short,
  },
  {
    key: "auxMse",
    name: "Auxiliary loss",
    meaning:
      "Squared error that dead features leave when they are made to explain what the others miss.",
    log: true,
    format: short,
  },
  {
    key: "sparsity",
    name: "Sparsity λ",
    meaning: "Coefficient of the sparsity penalty at that step.",
    log: false,
    format: short,
  },
  {
    key: "l1",
    name: "L1",
    meaning: "Sum of a token's activations, the mean over the batch.",
    log: false,
    format: short,
  },
];

/** The figures that a training has: logged, and not always 0. */
export function trainingMeasures(curve: Curve): TrainingMeasure[] {
  return MEASURES.filter(({ key }) =>
    curve.some((point) => (point[key] ?? 0) !== 0),
  );
}

/** At most `most` points of a curve, evenly picked, with both ends. */
export function thinned<T>(curve: readonly T[], most: number): T[] {
  if (curve.length <= most) return [...curve];
  const last = curve.length - 1;
  return Array.from(
    { length: most },
    (_, i) => curve[Math.round((i * last) / (most - 1))]!,
  );
}

/** "2M tokens" */
export function tokensOf(point: Curve[number]): string {
  return `${formatCompact(point["tokens"] ?? 0)} tokens`;
}

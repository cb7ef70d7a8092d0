import type { SweepCell } from "#lib/contract/index";
import { formatCount, formatPercent } from "./format";

type FigureKey =
  | "l0"
  | "fvu"
  | "deltaCe"
  | "kl"
  | "ceRecovered"
  | "ceRecoveredFromMean"
  | "deadFraction"
  | "trainTokensPerSecond";

/** A figure of a sweep's SAE: what it is called, means and looks like. */
export interface SweepFigure {
  key: FigureKey;
  name: string;
  /** Unit and how it was computed, in one sentence. */
  meaning: string;
  format: (value: number) => string;
}

/** A figure that is drawn against L0, with the direction that is better. */
export interface SweepMeasure extends SweepFigure {
  better: "lower" | "higher";
}

const digits = (count: number) => (value: number) => value.toFixed(count);
const percent = (share: number) => formatPercent(share, 1);

export const FVU: SweepMeasure = {
  key: "fvu",
  name: "FVU",
  meaning:
    "Fraction of variance unexplained: 0 is perfect, 1 is no better than the mean.",
  format: digits(3),
  better: "lower",
};

/** What the second chart can show; the first is what it shows at first. */
export const LOSS_MEASURES: readonly [SweepMeasure, ...SweepMeasure[]] = [
  {
    key: "ceRecovered",
    name: "CE recovered",
    meaning:
      "Share of the loss that zero-ablating the hook costs and the SAE avoids.",
    format: percent,
    better: "higher",
  },
  {
    key: "ceRecoveredFromMean",
    name: "CE recovered vs mean",
    meaning: "The same against replacing the activation by its mean.",
    format: percent,
    better: "higher",
  },
  {
    key: "deltaCe",
    name: "ΔCE",
    meaning:
      "Rise of the model's next-token loss with the SAE spliced in, nats per token.",
    format: digits(3),
    better: "lower",
  },
  {
    key: "kl",
    name: "KL",
    meaning:
      "KL divergence of the spliced from the clean next-token distribution, nats per token.",
    format: digits(3),
    better: "lower",
  },
];

/** Every figure, in the order of the table and of a point's box. */
export const SWEEP_FIGURES: readonly SweepFigure[] = [
  {
    key: "l0",
    name: "L0",
    meaning: "Active latents per token, mean over held-out tokens.",
    format: digits(1),
  },
  FVU,
  ...LOSS_MEASURES,
  {
    key: "deadFraction",
    name: "Dead",
    meaning: "Latents that never fired on the held-out tokens.",
    format: percent,
  },
  {
    key: "trainTokensPerSecond",
    name: "Tokens/s",
    meaning: "Training speed, tokens per second.",
    format: (rate) => formatCount(Math.round(rate)),
  },
];

/** A figure as it is shown; "–" for one that was not measured. */
export function formatFigure(figure: SweepFigure, cell: SweepCell): string {
  const value = cell[figure.key];
  return value === null ? "–" : figure.format(value);
}

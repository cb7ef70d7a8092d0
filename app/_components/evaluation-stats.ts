import type { Evaluation } from "#lib/contract/index";
import { formatCount, formatPercent } from "./format";
import type { Stat } from "./stat-list";

/** The held-out evaluation as figures that say what they mean. */
export function evaluationStats(e: Evaluation): Stat[] {
  const on = `on ${formatCount(e.tokens)} tokens of text kept out of training`;
  const losses =
    e.lossTokens === undefined
      ? "on held-out text"
      : `on ${formatCount(e.lossTokens)} held-out predictions`;
  return [
    {
      name: "L0",
      value: e.l0.toFixed(1),
      meaning: `How many features are active on a token: the mean ${on}. Fewer are easier to read; more reconstruct better. Compare other figures only between SAEs of like L0.`,
    },
    {
      name: "FVU",
      value: e.fvu.toFixed(3),
      meaning: `Fraction of variance unexplained: the squared error of the SAE's reconstruction, divided by the squared distance of the activations from their mean, summed ${on}. 0 is perfect, 1 no better than always guessing the mean.`,
    },
    {
      name: "ΔCE",
      value: `${e.deltaCe.toFixed(3)} nats`,
      meaning: `What the model loses when it has to go on from the SAE's reconstruction: its next-token loss (cross-entropy) rises from ${e.ceClean.toFixed(3)} to ${e.ceSae.toFixed(3)} nats, ${losses}. 0 would be no loss at all.`,
    },
    {
      name: "KL",
      value: `${e.kl.toFixed(3)} nats`,
      meaning: `How far the model's next-token probabilities move with the reconstruction in place: KL(clean ‖ spliced), the mean ${losses}. ΔCE only looks at the token that came; this looks at all of them, so changes cannot cancel out.`,
    },
    {
      name: "CE recovered",
      value: formatPercent(e.ceRecovered, 1),
      meaning: `Of what it costs to set the activations to zero (loss ${e.ceZero.toFixed(2)} nats), the share that the SAE avoids: (zero − SAE) / (zero − clean). It flatters: without its residual stream the model is worse than guessing, so every SAE comes out near 100 %. Read it beside ΔCE and the next figure.`,
    },
    {
      name: "… vs mean",
      value: formatPercent(e.ceRecoveredFromMean, 1),
      meaning: `The same against setting every activation to the mean one (loss ${e.ceMean.toFixed(2)} nats), a baseline that is harder to beat: (mean − SAE) / (mean − clean), ${losses}.`,
    },
    {
      name: "Dead",
      value: formatPercent(e.deadFraction, 1),
      meaning: `Features that never fired ${on}. Such a feature says nothing and wastes its place; a rare one may only not have met its text.`,
    },
    {
      name: "Dense",
      value: formatPercent(e.denseFraction, 1),
      meaning: `Features that fired on more than 10 % of the tokens, measured ${on}. They are seldom about one thing that people have a word for.`,
    },
  ];
}

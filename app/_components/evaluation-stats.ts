import type { Evaluation } from "#lib/contract/index";
import { formatCount, formatPercent } from "./format";
import type { Stat } from "./stat-list";

/** The held-out evaluation as figures that say what they mean. */
export function evaluationStats(e: Evaluation): Stat[] {
  const on = `on ${formatCount(e.tokens)} held-out tokens`;
  return [
    {
      name: "L0",
      value: e.l0.toFixed(1),
      meaning: `Active features per token, mean ${on}.`,
    },
    {
      name: "FVU",
      value: e.fvu.toFixed(3),
      meaning: `Fraction of variance unexplained ${on}: 0 is perfect, 1 is no better than the mean.`,
    },
    {
      name: "ΔCE",
      value: `${e.deltaCe.toFixed(3)} nats`,
      meaning: `How much the model's next-token loss rises, per token, when the SAE's reconstruction is spliced in: ${e.ceClean.toFixed(3)} → ${e.ceSae.toFixed(3)} nats.`,
    },
    {
      name: "KL",
      value: `${e.kl.toFixed(3)} nats`,
      meaning:
        "KL divergence of the spliced from the clean next-token distribution, per token.",
    },
    {
      name: "CE recovered",
      value: formatPercent(e.ceRecovered, 1),
      meaning: `Share of the loss that zero-ablating the hook costs (${e.ceZero.toFixed(2)} nats) and the SAE avoids. Zero ablation of a residual stream is a weak baseline: every SAE looks good by it.`,
    },
    {
      name: "… vs mean",
      value: formatPercent(e.ceRecoveredFromMean, 1),
      meaning: `The same against replacing the activation by its mean (${e.ceMean.toFixed(2)} nats), a stronger baseline.`,
    },
    {
      name: "Dead",
      value: formatPercent(e.deadFraction, 1),
      meaning: `Features that never fired ${on}.`,
    },
    {
      name: "Dense",
      value: formatPercent(e.denseFraction, 1),
      meaning: `Features that fired on more than 10 % of the tokens, measured ${on}.`,
    },
  ];
}

import type { FeatureDetail } from "#lib/contract/index";
import { formatActivation, formatCount } from "./format";
import { StatList } from "./stat-list";

/** The feature's figures; each says on hover how it was measured. */
export function FeatureStats({ feature }: { feature: FeatureDetail }) {
  const on = `over ${formatCount(feature.tokens)} indexed tokens`;
  return (
    <StatList
      stats={[
        {
          name: "Firings",
          value: formatCount(feature.firingCount),
          meaning: `Tokens with a non-zero activation, exact count ${on}, BOS left out.`,
        },
        {
          name: "Mean",
          value: formatActivation(feature.meanActivation),
          meaning:
            "Mean activation over the tokens it fires on, in units of the residual stream.",
        },
        {
          name: "Maximum",
          value: formatActivation(feature.maxActivation),
          meaning: `Largest activation ${on}, in units of the residual stream.`,
        },
        {
          name: "Std. dev.",
          value: formatActivation(Math.sqrt(feature.moments.variance)),
          meaning: "Standard deviation of its activations when it fires.",
        },
        {
          name: "Skewness",
          value: formatMoment(feature.moments.skewness),
          meaning:
            "Third standardised moment of its activations when it fires: above 0, few are much stronger than the rest.",
        },
        {
          name: "Kurtosis",
          value: formatMoment(feature.moments.kurtosis),
          meaning:
            "Fourth standardised moment of its activations when it fires; 3 for a normal distribution.",
        },
        {
          name: "Enc · dec",
          value: feature.encoderDecoderCosine.toFixed(2),
          meaning:
            "Cosine between the direction it looks for (encoder) and the one it writes (decoder). Near 1 it writes what it looks for; the lower, the more it goes by something else than what it stands for.",
        },
        {
          name: "Dimensions",
          value: (
            <span className="small">
              {feature.basis
                .map((b) => `${b.dimension}: ${signed(b.weight)}`)
                .join(", ")}
            </span>
          ),
          meaning:
            "Dimensions of the residual stream with the largest weights in the decoder direction (as cosines).",
        },
      ]}
    />
  );
}

function signed(weight: number): string {
  return `${weight < 0 ? "−" : ""}${Math.abs(weight).toFixed(2)}`;
}

function formatMoment(moment: number | null): string {
  return moment === null ? "–" : moment.toFixed(2);
}

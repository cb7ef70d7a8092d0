import type { FeatureDetail, FeaturePair } from "#lib/contract/index";
import { formatCount, formatPercent } from "./format";
import { StatList, type Stat } from "./stat-list";

interface PairFactsProps {
  a: FeatureDetail;
  b: FeatureDetail;
  facts: FeaturePair;
}

/** What two features have to do with each other, in figures. */
export function PairFacts({ a, b, facts }: PairFactsProps) {
  const { sameHook, coFiring } = facts;
  return (
    <div className="card">
      <StatList stats={[...cosines(facts), ...together(a, b, facts)]} />
      {sameHook ? null : (
        <p role="note" className="small">
          The two SAEs read different places ({a.measured.modelName}{" "}
          {a.measured.hookName} and {b.measured.modelName} {b.measured.hookName}
          ): a cosine between them says little.
        </p>
      )}
      {coFiring === null && a.saeId === b.saeId ? (
        <p className="muted small">{notKept(a, b)}</p>
      ) : null}
    </div>
  );
}

function cosines({ decoderCosine, encoderCosine }: FeaturePair): Stat[] {
  const shown = (cosine: number | null) =>
    cosine === null ? "unknown" : cosine.toFixed(3).replace("-", "−");
  return [
    {
      name: "Decoder cosine",
      value: shown(decoderCosine),
      meaning:
        "Cosine of the two directions they write: 1 is the same direction, 0 has nothing in common, −1 is the opposite. Unknown where the SAE's files are not here, or the two differ in width.",
    },
    {
      name: "Encoder cosine",
      value: shown(encoderCosine),
      meaning:
        "Cosine of the two directions they look for; with a low decoder cosine, they react to the same thing and say different things about it.",
    },
  ];
}

function together(
  a: FeatureDetail,
  b: FeatureDetail,
  { coFiring }: FeaturePair,
): Stat[] {
  if (coFiring === null) return [];
  const { tokens, count, correlation, firingsA } = coFiring;
  return [
    {
      name: "Fire together",
      value: `${formatCount(count)} tokens`,
      meaning: `Tokens on which both fire, of ${formatCount(tokens)} counted: ${formatPercent(count / Math.max(1, firingsA), 0)} of the firings of ${a.index}.`,
    },
    {
      name: "Correlation",
      value: correlation.toFixed(3),
      meaning: `Pearson's correlation of "${a.index} fires" and "${b.index} fires" over those tokens.`,
    },
  ];
}

/** What it means that nothing is kept of two features' firing together. */
function notKept(a: FeatureDetail, b: FeatureDetail): string {
  const least = [a, b].map((x) => x.coFiring.features.at(-1)?.correlation ?? 0);
  return `Neither is among the features that fire most with the other: their correlation is below ${Math.min(...least).toFixed(3)}. Below, the two are counted on their strongest contexts.`;
}

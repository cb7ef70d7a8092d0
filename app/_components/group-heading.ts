import type { ExampleGroup, FeatureDetail } from "#lib/contract/index";
import { valueAtShare } from "./firing-share";
import { formatActivation, formatCount, formatPercent } from "./format";

/** Equal-count groups of the tokens a feature fires on, the weakest first. */
export const FIFTHS = [
  "Weakest fifth",
  "Fourth fifth",
  "Middle fifth",
  "Second fifth",
  "Strongest fifth",
];

type Measured = Pick<FeatureDetail, "histogram" | "firingCount" | "tokens">;

/** What a group of contexts is: its range, and its share of firings and tokens. */
export function groupHeading(
  group: ExampleGroup,
  feature: Measured,
): { title: string; explained: string } {
  const shown = group.examples.length;
  if (group.name === "top") {
    return {
      title: "Top activations",
      explained: `the ${shown} strongest contexts with distinct texts; a text that comes again is left out`,
    };
  }
  const fifth = Number(group.name.slice(1));
  const edge = (share: number) =>
    formatActivation(valueAtShare(feature.histogram, share));
  const share = feature.firingCount / 5 / Math.max(1, feature.tokens);
  return {
    title: FIFTHS[fifth - 1] ?? group.name,
    explained: `activation about ${edge((fifth - 1) / 5)} – ${edge(fifth / 5)}: 20 % of the ${formatCount(feature.firingCount)} tokens it fires on, ${formatPercent(share)} of all; ${shown} drawn at random`,
  };
}

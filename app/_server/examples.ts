import type { Example, ExampleGroup } from "#lib/contract/index";
import type { FeatureExample } from "#lib/db/index";
import { tokenTexts } from "#lib/gpt2/index";

/** Examples come in group by group. */
export function exampleGroups(examples: FeatureExample[]): ExampleGroup[] {
  const groups: ExampleGroup[] = [];
  for (const example of examples) {
    const { group, peakValue } = example;
    const name = group === "top" ? "top" : `q${group + 1}`;
    let last = groups.at(-1);
    if (last?.name !== name) {
      last = { name, min: peakValue, max: peakValue, examples: [] };
      groups.push(last);
    }
    last.min = Math.min(last.min, peakValue);
    last.max = Math.max(last.max, peakValue);
    last.examples.push(readable(example));
  }
  return groups;
}

export function readable(example: FeatureExample): Example {
  const { sequence, peakPosition, peakValue, document } = example;
  return {
    sequence,
    peakPosition,
    peakValue,
    tokens: tokenTexts(example.tokens),
    positions: Array.from(example.positions),
    values: Array.from(example.values),
    document,
  };
}

import type {
  Example,
  ExampleGroup,
  ExampleQuery,
  FoundExample,
  FoundExamples,
} from "#lib/contract/index";
import type { FeatureExample, FoundFiring } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { tokenTexts } from "#lib/gpt2/index";
import { tryActivations } from "./activations";
import { assertFeature, readerOf } from "./databases";

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

/**
 * Examples of a feature by activation. What the index holds of them only in
 * part is completed by running the model, where the SAE's files are there.
 *
 * @throws AppError "not_found".
 */
export async function findExamples(
  saeId: string,
  index: number,
  { above, upTo, limit }: ExampleQuery,
): Promise<FoundExamples> {
  const reader = readerOf(saeId);
  assertFeature(reader, index);
  const range = { above, upTo: upTo ?? Infinity };
  const found = reader.firingsBetween(index, range, limit);
  await complete(saeId, index, found);
  return {
    examples: found.map((firing) => ({
      ...readable(firing),
      partial: firing.partial,
    })),
  };
}

/**
 * One sequence with a feature's activations, as a link names it: about any of
 * its tokens, whether the feature fires there or not.
 *
 * @throws AppError "not_found".
 */
export async function getContext(
  saeId: string,
  index: number,
  sequence: number,
  position: number,
): Promise<FoundExample> {
  const reader = readerOf(saeId);
  assertFeature(reader, index);
  const tokens = reader.sequences([sequence]).get(sequence);
  const document = reader.documentAt(sequence, position);
  if (!tokens || !document || position >= tokens.length) {
    throw new AppError(
      "not_found",
      "The index holds no such context: it may have been built again since the link was made.",
    );
  }
  const known = reader
    .knownFirings(index)
    .find((firings) => firings.sequence === sequence);
  let { positions, values } = known ?? NO_FIRINGS;
  let partial = known?.whole !== true;
  if (partial) {
    const run = (await tryActivations(saeId, [index], [tokens]))?.[0]?.[0];
    if (run) {
      positions = Uint16Array.from(run.positions);
      values = Float32Array.from(run.values);
      partial = false;
    }
  }
  const peakValue = values[positions.indexOf(position)] ?? 0;
  const peak = { sequence, peakPosition: position, peakValue };
  return {
    ...readable({ ...peak, tokens, positions, values, document }),
    partial,
  };
}

const NO_FIRINGS = {
  positions: new Uint16Array(),
  values: new Float32Array(),
};

/** Finds the feature's other firings in the sequences of partial ones. */
async function complete(
  saeId: string,
  feature: number,
  found: FoundFiring[],
): Promise<void> {
  const partial = found.filter((firing) => firing.partial);
  const tokens = partial.map((firing) => firing.tokens);
  const runs = await tryActivations(saeId, [feature], tokens);
  partial.forEach((firing, s) => {
    const run = runs?.[s]?.[0];
    // The engine may round differently than the one the index was built on.
    if (!run?.positions.includes(firing.peakPosition)) return;
    firing.positions = Uint16Array.from(run.positions);
    firing.values = Float32Array.from(run.values);
    firing.partial = false;
  });
}

function readable(example: Omit<FeatureExample, "group">): Example {
  const { sequence, peakPosition, peakValue, document } = example;
  return {
    sequence,
    peakPosition,
    peakValue,
    tokens: tokenTexts(example.tokens).map((token) => token.text),
    tokenIds: Array.from(example.tokens),
    positions: Array.from(example.positions),
    values: Array.from(example.values),
    document,
  };
}

import type {
  Example,
  ExampleGroup,
  ExampleQuery,
  FoundExamples,
} from "#lib/contract/index";
import type { FeatureExample, FoundFiring } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { BOS, tokenTexts } from "#lib/gpt2/index";
import { assertFeature, readerOf } from "./databases";
import { lensKey, lensProcess } from "./lens-process";

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

/** Finds the feature's other firings in the sequences of partial ones. */
async function complete(
  saeId: string,
  feature: number,
  found: FoundFiring[],
): Promise<void> {
  const partial = found.filter((firing) => firing.partial);
  if (partial.length === 0) return;
  try {
    const values = await lensProcess().ask("featureValues", lensKey(saeId), {
      tokens: Uint16Array.from(partial.flatMap((f) => [...f.tokens])),
      sequences: partial.length,
      feature,
    });
    let first = 0;
    for (const firing of partial) {
      const own = values.subarray(first, first + firing.tokens.length);
      first += own.length;
      const positions = Array.from(own.keys()).filter(
        (at) => own[at]! > 0 && firing.tokens[at] !== BOS,
      );
      // The engine may round differently than the one the index was built on.
      if (!positions.includes(firing.peakPosition)) continue;
      firing.positions = Uint16Array.from(positions);
      firing.values = Float32Array.from(positions, (at) => own[at]!);
      firing.partial = false;
    }
  } catch (error) {
    // An index without its SAE or model still shows what it holds.
    if (!(error instanceof AppError)) throw error;
  }
}

function readable(example: Omit<FeatureExample, "group">): Example {
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

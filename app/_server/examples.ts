import type {
  Example,
  ExampleGroup,
  ExampleQuery,
  FoundExamples,
} from "#lib/contract/index";
import type { FeatureExample, FoundFiring, IndexManifest } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { BOS, tokenTexts } from "#lib/gpt2/index";
import { assertFeature, readerOf } from "./databases";
import { withEngine, type SparseCode } from "./engine";

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
  await complete(reader.manifest, index, found);
  return {
    examples: found.map((firing) => ({
      ...readable(firing),
      partial: firing.partial,
    })),
  };
}

/** Finds the feature's other firings in the sequences of partial ones. */
async function complete(
  manifest: IndexManifest,
  feature: number,
  found: FoundFiring[],
): Promise<void> {
  const partial = found.filter((firing) => firing.partial);
  if (partial.length === 0) return;
  try {
    const tokens = Uint16Array.from(partial.flatMap((f) => [...f.tokens]));
    const code = await withEngine(manifest, async ({ model, encoder }) => {
      const { hookName } = manifest;
      const x = await model.residual(tokens, partial.length, hookName);
      return encoder.encode(x, tokens.length);
    });
    partial.forEach((firing, s) => {
      const first = s * manifest.contextSize;
      const { positions, values } = firingsOf(code, feature, firing, first);
      // The engine may round differently than the one the index was built on.
      if (!positions.includes(firing.peakPosition)) return;
      firing.positions = Uint16Array.from(positions);
      firing.values = Float32Array.from(values);
      firing.partial = false;
    });
  } catch (error) {
    // An index without its SAE or model still shows what it holds.
    if (!(error instanceof AppError)) throw error;
  }
}

function firingsOf(
  { rowPtr, indices, values }: SparseCode,
  feature: number,
  { tokens }: FoundFiring,
  firstRow: number,
): { positions: number[]; values: number[] } {
  const out = { positions: [] as number[], values: [] as number[] };
  tokens.forEach((token, position) => {
    if (token === BOS) return;
    const row = firstRow + position;
    for (let e = rowPtr[row]!; e < rowPtr[row + 1]!; e++) {
      if (indices[e] !== feature) continue;
      out.positions.push(position);
      out.values.push(values[e]!);
    }
  });
  return out;
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

import { AppError } from "#lib/errors";
import { BOS } from "#lib/gpt2/index";
import { lensKey, lensProcess } from "./lens-process";

/** Where one feature fires in one sequence, ascending, and how strongly. */
export interface Firings {
  positions: number[];
  values: number[];
}

/**
 * Runs the model and the SAE on sequences of an index, all of one length.
 *
 * @returns for each sequence, for each feature, where it fires.
 * @throws AppError when the model or the SAE is not there.
 */
export async function activationsOn(
  saeId: string,
  features: readonly number[],
  sequences: readonly Uint16Array[],
): Promise<Firings[][]> {
  if (sequences.length === 0) return [];
  const length = sequences[0]!.length;
  const tokens = new Uint16Array(sequences.length * length);
  sequences.forEach((sequence, s) => {
    tokens.set(sequence, s * length);
  });
  const columns = await lensProcess().ask("featureValues", lensKey(saeId), {
    tokens,
    sequences: sequences.length,
    features: [...features],
  });
  return sequences.map((sequence, s) =>
    columns.map((column) =>
      firingsIn(sequence, column.subarray(s * length, (s + 1) * length)),
    ),
  );
}

/** `activationsOn`, or null where the model or the SAE is not there. */
export async function tryActivations(
  saeId: string,
  features: readonly number[],
  sequences: readonly Uint16Array[],
): Promise<Firings[][] | null> {
  try {
    return await activationsOn(saeId, features, sequences);
  } catch (error) {
    // An index without its SAE or model still shows what it holds.
    if (error instanceof AppError) return null;
    throw error;
  }
}

function firingsIn(tokens: Uint16Array, values: Float32Array): Firings {
  const out: Firings = { positions: [], values: [] };
  values.forEach((value, position) => {
    if (value <= 0 || tokens[position] === BOS) return;
    out.positions.push(position);
    out.values.push(value);
  });
  return out;
}

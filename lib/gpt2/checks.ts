import { AppError } from "#lib/errors";
import type { Gpt2Config } from "./config";

interface Model {
  name: string;
  config: Gpt2Config;
}

/** The length of each sequence. @throws AppError unless the model can read them. */
export function checkTokens(
  { name, config }: Model,
  tokens: ArrayLike<number>,
  batch: number,
): number {
  const { nCtx, dVocab } = config;
  const length = tokens.length / batch;
  if (!Number.isInteger(length) || length < 1) {
    throw new AppError(
      "invalid",
      `${tokens.length} tokens are not ${batch} sequences of one length.`,
    );
  }
  if (length > nCtx) {
    throw new AppError(
      "invalid",
      `The text has ${length} tokens, and ${name} reads at most ${nCtx}: shorten it.`,
    );
  }
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    // The engine would read a negative index from the end.
    if (!Number.isInteger(token) || token < 0 || token >= dVocab) {
      throw new AppError(
        "invalid",
        `Token ${token} is outside the vocabulary of ${dVocab}.`,
      );
    }
  }
  return length;
}

/** @throws AppError unless the residual stream has the given shape. */
export function checkResidual(
  { config }: Model,
  residual: Float32Array,
  batch: number,
  length: number,
): void {
  const expected = batch * length * config.dModel;
  if (residual.length !== expected) {
    throw new AppError(
      "invalid",
      `A residual stream of ${batch} × ${length} × ${config.dModel} has ${expected} numbers, not ${residual.length}.`,
    );
  }
}

import type { ActivationSource } from "#lib/sae/index";

/** What is needed of a language model. */
export interface ResidualModel {
  readonly hash: string;
  readonly config: { dModel: number };
  /** One array [batch × length × dModel] per hook. */
  residuals(
    tokens: Uint16Array,
    batch: number,
    hookNames: readonly string[],
  ): Promise<Float32Array[]>;
}

/** What is needed of a packed corpus. */
export interface ResidualText {
  readonly hash: string;
  readonly tokens: Uint16Array;
  readonly contextSize: number;
  readonly sequences: number;
}

/** Sequences of one forward pass. */
const FORWARD_BATCH = 64;

/**
 * Activations of `text` at a hook, sequence by sequence, computed when asked
 * for. Every token equal to BOS is left out: its norm is tens of times the
 * others' and it says nothing about the text.
 */
export function residualSource(
  model: ResidualModel,
  text: ResidualText,
  hookName: string,
  bosTokenId: number,
): ActivationSource {
  const { contextSize, tokens } = text;
  const rows = new Uint16Array(text.sequences);
  for (let i = 0; i < rows.length * contextSize; i++) {
    if (tokens[i] !== bosTokenId) rows[Math.floor(i / contextSize)]!++;
  }
  return {
    dIn: model.config.dModel,
    sequences: text.sequences,
    fingerprint: [
      model.hash,
      text.hash,
      text.sequences,
      hookName,
      contextSize,
    ].join(" "),
    rowsOf: (sequence) => rows[sequence]!,
    read: (sequences, out) =>
      readResiduals(model, text, [hookName], bosTokenId, sequences, [out]),
  };
}

/**
 * The rows of these sequences at several hooks, one pass for all of them:
 * `outs[i]` is filled from its front with those at `hookNames[i]`.
 */
export async function readResiduals(
  model: ResidualModel,
  text: ResidualText,
  hookNames: readonly string[],
  bosTokenId: number,
  sequences: Uint32Array,
  outs: readonly Float32Array[],
): Promise<void> {
  const { contextSize, tokens } = text;
  const { dModel } = model.config;
  let at = 0;
  for (let s = 0; s < sequences.length; s += FORWARD_BATCH) {
    const chunk = sequences.subarray(s, s + FORWARD_BATCH);
    const ids = new Uint16Array(chunk.length * contextSize);
    chunk.forEach((sequence, i) => {
      const from = sequence * contextSize;
      ids.set(tokens.subarray(from, from + contextSize), i * contextSize);
    });
    const residuals = await model.residuals(ids, chunk.length, hookNames);
    for (let t = 0; t < ids.length; t++) {
      if (ids[t] === bosTokenId) continue;
      residuals.forEach((residual, i) => {
        outs[i]!.set(residual.subarray(t * dModel, (t + 1) * dModel), at);
      });
      at += dModel;
    }
  }
}

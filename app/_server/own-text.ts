import type { z } from "zod";
import type {
  ownTextRequestSchema,
  OwnTextResponse,
} from "#lib/contract/index";
import { AppError } from "#lib/errors";
import { tokenize, tokenTexts } from "#lib/gpt2/index";
import { assertFeature, readerOf } from "./databases";
import { withEngine, type Engine } from "./engine";
import { featureRow } from "./features";
import { summariseCode } from "./own-text-summary";

/** GPT-2's beginning-of-text token: read by the model first, never reported. */
const BOS = 50_256;

/** Features of the whole text that are described. */
const MAX_FEATURES = 200;

/**
 * Runs the language model and the SAE on a text: the features that fire on
 * each token, and those of the whole text.
 *
 * @throws AppError "invalid" for a text longer than the model reads,
 *   "not_found" for an unknown SAE or feature.
 */
export async function ownText(
  saeId: string,
  request: z.output<typeof ownTextRequestSchema>,
): Promise<OwnTextResponse> {
  const started = performance.now();
  const reader = readerOf(saeId);
  const { manifest } = reader;
  const { feature, perToken } = request;
  if (feature !== undefined) assertFeature(reader, feature);
  const tokens = tokenize(request.text);
  const code = await withEngine(manifest, (engine) =>
    encode(engine, tokens, manifest.hookName),
  );
  const summary = summariseCode(code, perToken, MAX_FEATURES, feature);
  // The index may have been replaced meanwhile: ask for the reader anew.
  const rows = readerOf(saeId).rows(summary.features.map((f) => f.feature));
  return {
    tokens: tokenTexts(tokens),
    perToken: summary.perToken,
    features: summary.features.flatMap(({ feature: index, ...rest }) => {
      const row = rows.get(index);
      return row ? [{ row: featureRow(row), ...rest }] : [];
    }),
    ...(summary.featureValues && { featureValues: summary.featureValues }),
    milliseconds: Math.round(performance.now() - started),
  };
}

/** Feature activations of every token; BOS is left out. */
async function encode(
  { model, encoder }: Engine,
  tokens: Uint16Array,
  hookName: string,
) {
  const { nCtx, dModel } = model.config;
  // BOS takes one place.
  if (tokens.length > nCtx - 1) {
    throw new AppError(
      "invalid",
      `The text has ${tokens.length} tokens, and ${model.name} reads at most ${nCtx - 1}; shorten it.`,
      { details: { tokens: tokens.length, limit: nCtx - 1 } },
    );
  }
  const withBos = Uint16Array.of(BOS, ...tokens);
  const residual = await model.residual(withBos, 1, hookName);
  return encoder.encode(residual.subarray(dModel), tokens.length);
}

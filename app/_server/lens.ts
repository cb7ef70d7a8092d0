import type { z } from "zod";
import {
  LENS_PER_TOKEN,
  type LensLosses,
  type lensRequestSchema,
  type LensResponse,
  type LensToken,
  type lensTokenRequestSchema,
  type TokenChoice,
} from "#lib/contract/index";
import { AppError } from "#lib/errors";
import { decode, tokenize, tokenTexts } from "#lib/gpt2/index";
import { base64 } from "./base64";
import { readerOf } from "./databases";
import { densities } from "./densities";
import { oneToken } from "./features";
import { lensKey, lensProcess } from "./lens-process";

/** Likeliest tokens shown of one prediction. */
const PREDICTIONS = 10;

/**
 * The features, errors and L0 of every token of a text.
 *
 * @throws AppError "invalid" for a text that is too long, "not_found" for an
 *   unknown SAE.
 */
export async function lens(
  saeId: string,
  { text }: z.output<typeof lensRequestSchema>,
  signal?: AbortSignal,
): Promise<LensResponse> {
  const started = performance.now();
  const key = lensKey(saeId);
  const request = { text, perToken: LENS_PER_TOKEN };
  const read = await lensProcess().ask("read", key, request, signal);
  const { feature, maxValue, maxToken, sum, tokensFired } = read.features;
  // The index may have been replaced meanwhile: ask for the reader anew.
  const density = await densities(readerOf(saeId), feature);
  return {
    tokens: tokenTexts(read.tokens),
    contextSize: read.contextSize,
    windows: read.windows,
    code: {
      rowPtr: base64(read.code.rowPtr),
      features: base64(read.code.indices),
      values: base64(read.code.values),
    },
    l0: base64(read.l0),
    error: base64(read.error),
    unexplained: read.unexplained,
    features: {
      feature: base64(feature),
      maxValue: base64(maxValue),
      maxToken: base64(maxToken),
      sum: base64(sum),
      tokensFired: base64(tokensFired),
      density: base64(density),
    },
    milliseconds: since(started),
  };
}

/** What every token predicts, without and with the SAE. @throws as `lens` does. */
export async function lensLosses(
  saeId: string,
  { text }: z.output<typeof lensRequestSchema>,
  signal?: AbortSignal,
): Promise<LensLosses> {
  const started = performance.now();
  const process = lensProcess();
  const losses = await process.ask("losses", lensKey(saeId), { text }, signal);
  const { ids, probabilities } = losses.top;
  return {
    ce: base64(losses.ce),
    ceSpliced: base64(losses.ceSpliced),
    kl: base64(losses.kl),
    top: {
      perToken: ids.length / losses.tokens.length,
      ids: base64(ids),
      probabilities: base64(probabilities),
      vocabulary: Array.from(new Set(ids), oneToken),
    },
    milliseconds: since(started),
  };
}

/**
 * What predicts one token, taken apart.
 *
 * @throws AppError as `lens` does, and "invalid" for a token the text does not
 *   have or a target that is not one token.
 */
export async function lensToken(
  saeId: string,
  request: z.output<typeof lensTokenRequestSchema>,
  signal?: AbortSignal,
): Promise<LensToken> {
  const started = performance.now();
  const { text, token, measure } = request;
  const against = chosenToken(request.against);
  const found = await lensProcess().ask(
    "attribute",
    lensKey(saeId),
    {
      text,
      token,
      target: chosenToken(request.target),
      against,
      measure,
      predictions: PREDICTIONS,
    },
    signal,
  );
  const { parts, top } = found;
  const measured = new Map(found.measured.map((m) => [m.feature, m]));
  return {
    token,
    target: oneToken(found.target),
    against: against === undefined ? null : oneToken(against),
    logit: found.logit,
    features: parts.features.map((part) => {
      const effect = measured.get(part.feature);
      if (effect === undefined) return part;
      const { logit, logProbability } = effect;
      return { ...part, measured: { logit, logProbability } };
    }),
    decoderBias: parts.decoderBias,
    error: parts.error,
    laterLayers: parts.laterLayers,
    finalBias: parts.finalBias,
    probability: Math.exp(found.logProbability.clean),
    probabilitySpliced: Math.exp(found.logProbability.spliced),
    predictions: Array.from(top.ids, (id, i) => ({
      token: oneToken(id),
      probability: Math.exp(top.reference[i]!),
      probabilitySpliced: Math.exp(top.altered[i]!),
    })),
    milliseconds: since(started),
  };
}

/** @throws AppError "invalid" for a text that is not exactly one token. */
function chosenToken(choice: TokenChoice | undefined): number | undefined {
  if (choice === undefined || "id" in choice) return choice?.id;
  const ids = tokenize(choice.text);
  if (ids.length === 1) return ids[0];
  const pieces = Array.from(ids, (id) => JSON.stringify(decode([id])));
  throw new AppError(
    "invalid",
    `${JSON.stringify(choice.text)} is ${ids.length} tokens (${pieces.join(", ")}); type one of them. Most words begin with a space.`,
  );
}

function since(started: number): number {
  return Math.round((performance.now() - started) * 10) / 10;
}

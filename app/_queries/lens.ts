import { queryOptions } from "@tanstack/react-query";
import {
  lensLossesSchema,
  lensResponseSchema,
  lensTokenSchema,
  type LensLosses,
  type LensResponse,
  type Token,
  type TokenChoice,
} from "#lib/contract/index";
import { callApi, saePath } from "./api";
import { float32Column, uint32Column } from "./columns";

/** A text as an SAE sees it, its columns unpacked; see `lensResponseSchema`. */
export interface LensText {
  tokens: Token[];
  contextSize: number;
  windows: LensResponse["windows"];
  code: { rowPtr: Uint32Array; features: Uint32Array; values: Float32Array };
  l0: Uint32Array;
  error: Float32Array;
  unexplained: number;
  features: {
    feature: Uint32Array;
    maxValue: Float32Array;
    maxToken: Uint32Array;
    sum: Float32Array;
    tokensFired: Uint32Array;
    density: Float32Array;
  };
  milliseconds: number;
}

/** What its tokens predict; see `lensLossesSchema`. */
export interface LensPredictions {
  ce: Float32Array;
  ceSpliced: Float32Array;
  kl: Float32Array;
  /** Likeliest next tokens of a token, likeliest first. */
  top: (token: number) => { token: Token; probability: number }[];
  milliseconds: number;
}

export function unpackLens(answer: LensResponse): LensText {
  const { code, features } = answer;
  return {
    ...answer,
    code: {
      rowPtr: uint32Column(code.rowPtr),
      features: uint32Column(code.features),
      values: float32Column(code.values),
    },
    l0: uint32Column(answer.l0),
    error: float32Column(answer.error),
    features: {
      feature: uint32Column(features.feature),
      maxValue: float32Column(features.maxValue),
      maxToken: uint32Column(features.maxToken),
      sum: float32Column(features.sum),
      tokensFired: uint32Column(features.tokensFired),
      density: float32Column(features.density),
    },
  };
}

export function unpackLosses(answer: LensLosses): LensPredictions {
  const { perToken, vocabulary } = answer.top;
  const ids = uint32Column(answer.top.ids);
  const probabilities = float32Column(answer.top.probabilities);
  const texts = new Map(vocabulary.map((token) => [token.id, token]));
  return {
    ce: float32Column(answer.ce),
    ceSpliced: float32Column(answer.ceSpliced),
    kl: float32Column(answer.kl),
    top: (token) =>
      Array.from({ length: perToken }, (_, i) => ({
        token: texts.get(ids[token * perToken + i]!)!,
        probability: probabilities[token * perToken + i]!,
      })),
    milliseconds: answer.milliseconds,
  };
}

/** The whole answer is bounded; a text is kept for as long as the page lives. */
const shared = (text: string) => ({
  staleTime: Infinity,
  enabled: text !== "",
  retry: false,
});

export const lensQuery = (saeId: string, text: string) =>
  queryOptions({
    ...shared(text),
    queryKey: ["saes", saeId, "lens", text],
    queryFn: async ({ signal }) =>
      unpackLens(
        await callApi(saePath(saeId, "lens"), lensResponseSchema, {
          method: "POST",
          body: { text },
          signal,
        }),
      ),
  });

export const lensLossesQuery = (saeId: string, text: string) =>
  queryOptions({
    ...shared(text),
    queryKey: ["saes", saeId, "lens", text, "losses"],
    queryFn: async ({ signal }) =>
      unpackLosses(
        await callApi(saePath(saeId, "lens", "losses"), lensLossesSchema, {
          method: "POST",
          body: { text },
          signal,
        }),
      ),
  });

export interface TokenQuestion {
  token: number;
  target?: TokenChoice;
  against?: TokenChoice;
  measure?: number;
}

export const lensTokenQuery = (
  saeId: string,
  text: string,
  question: TokenQuestion,
) =>
  queryOptions({
    ...shared(text),
    queryKey: ["saes", saeId, "lens", text, "token", question],
    queryFn: ({ signal }) =>
      callApi(saePath(saeId, "lens", "token"), lensTokenSchema, {
        method: "POST",
        body: { text, ...question },
        signal,
      }),
  });

"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lensTokenQuery, type TokenQuestion } from "#app/_queries/lens";
import type { LensToken, TokenChoice } from "#lib/contract/index";
import { useDebounced } from "./use-debounced";
import { wholeNumber, type LensState } from "./use-lens-state";

/** Features whose effect is measured, those that contribute most. */
const MEASURED = 8;
/** A reader who walks along the tokens asks about those they stop at. */
const REST_MS = 150;

export interface TokenAnswer {
  /** What is known of the chosen token's prediction; nothing of another's. */
  answer: LensToken | undefined;
  error: Error | null;
  busy: boolean;
}

/** Asks what the address wants to know of the chosen token. */
export function useTokenAnswer(
  saeId: string,
  text: string,
  { token, params }: LensState,
): TokenAnswer {
  const settled = useDebounced(token, REST_MS);
  const { data, error, isFetching } = useQuery({
    ...lensTokenQuery(saeId, text, questionOf(settled, params)),
    placeholderData: keepPreviousData,
  });
  return {
    answer: data?.token === token ? data : undefined,
    error,
    busy: isFetching || settled !== token,
  };
}

function questionOf(token: number, params: URLSearchParams): TokenQuestion {
  const target = choiceOf(params, "target");
  const against = choiceOf(params, "against");
  return {
    token,
    ...(target && { target }),
    ...(against && { against }),
    measure: params.get("measured") === "1" ? MEASURED : 0,
  };
}

/** `targetId=262` names a token by its number, `target= the` as it is spelled. */
function choiceOf(
  params: URLSearchParams,
  name: "target" | "against",
): TokenChoice | undefined {
  const id = wholeNumber(params.get(`${name}Id`), 50_256);
  if (id !== undefined) return { id };
  const text = params.get(name);
  return text === null || text === "" ? undefined : { text };
}

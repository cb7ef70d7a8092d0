"use client";

import { useCallback, useEffect, useState } from "react";
import { COLOURINGS, type Colouring } from "./lens-painting";
import { useUrlParams, type UrlChange } from "./use-url-params";

/** The address follows when the reader has come to rest. */
const REST_MS = 250;

export interface LensState {
  by: Colouring;
  /** The feature that colours the text. */
  feature: number | null;
  /** The chosen token. */
  token: number;
  choose: (token: number) => void;
  colourBy: (by: Colouring, feature?: number) => void;
  params: URLSearchParams;
  change: (values: UrlChange) => void;
}

/** The lens's view, kept in the address. */
export function useLensState(tokens: number): LensState {
  const [params, change] = useUrlParams();
  const last = tokens - 1;
  const [token, setToken] = useState(
    () => wholeNumber(params.get("token"), last) ?? last,
  );
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (!touched) return;
    const timer = setTimeout(() => {
      change({ token: String(token) });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [token, touched, change]);
  const choose = useCallback((chosen: number) => {
    setToken(chosen);
    setTouched(true);
  }, []);
  const colourBy = useCallback(
    (by: Colouring, feature?: number) => {
      change({
        by: by === "error" ? null : by,
        ...(feature === undefined ? {} : { feature: String(feature) }),
      });
    },
    [change],
  );
  return {
    by: COLOURINGS.find((name) => name === params.get("by")) ?? "error",
    feature: wholeNumber(params.get("feature"), 99_999_999) ?? null,
    token,
    choose,
    colourBy,
    params,
    change,
  };
}

/** A whole number from 0 to `max`; undefined for anything else. */
export function wholeNumber(
  text: string | null,
  max: number,
): number | undefined {
  if (text === null || !/^\d{1,8}$/.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

import type { UrlChange } from "./use-url-params";

/** Activations above < f ≤ upTo, as the URL holds them. */
export interface ActivationRange {
  above: number;
  upTo: number;
}

export function rangeFrom(params: URLSearchParams): ActivationRange | null {
  const above = Number(params.get("above") ?? NaN);
  const upTo = Number(params.get("upTo") ?? NaN);
  return above >= 0 && upTo > above ? { above, upTo } : null;
}

export function rangeChange(range: ActivationRange | null): UrlChange {
  return {
    above: range === null ? null : String(range.above),
    upTo: range === null ? null : String(range.upTo),
  };
}

import type { UrlChange } from "./use-url-params";

/** How contexts are drawn; the URL's `view`. */
export const CONTEXT_VIEWS = {
  snippet: { name: "Snippets", before: 22, after: 10 },
  stack: { name: "Stacked", before: 8, after: 5 },
  window: { name: "Window", before: 40, after: 20 },
  whole: { name: "Whole", before: Infinity, after: Infinity },
} as const;
export type ContextView = keyof typeof CONTEXT_VIEWS;

/** How contexts are drawn, as the URL holds it. */
export interface ContextLook {
  view: ContextView;
  /** Tokens before and after the peak. */
  before: number;
  after: number;
  /** Break lines where the text does. */
  breaks: boolean;
}

/** More tokens than this are no window; the whole sequence has fewer. */
export const WINDOW_MAX = 1024;

export function contextLook(params: URLSearchParams): ContextLook {
  const given = params.get("view");
  const view =
    given !== null && given in CONTEXT_VIEWS
      ? (given as ContextView)
      : "snippet";
  const usual = CONTEXT_VIEWS[view];
  const side = (name: "before" | "after") => {
    const number = Number(params.get(name) ?? NaN);
    return view === "window" &&
      Number.isInteger(number) &&
      number >= 0 &&
      number <= WINDOW_MAX
      ? number
      : usual[name];
  };
  return {
    view,
    before: side("before"),
    after: side("after"),
    breaks: params.has("breaks"),
  };
}

/** The change of the URL that draws contexts this way. */
export function lookChange(look: Partial<ContextLook>): UrlChange {
  const change: UrlChange = {};
  if (look.view !== undefined) {
    change["view"] = look.view === "snippet" ? null : look.view;
    change["before"] = null;
    change["after"] = null;
  }
  for (const name of ["before", "after"] as const) {
    if (look[name] !== undefined) change[name] = String(look[name]);
  }
  if (look.breaks !== undefined) change["breaks"] = look.breaks ? "1" : null;
  return change;
}

/**
 * Tokens from … to (exclusive) of a sequence around its peak. Position 0 is
 * BOS, which is never shown.
 */
export function contextWindow(
  { before, after }: Pick<ContextLook, "before" | "after">,
  length: number,
  peak: number,
): { from: number; to: number } {
  return {
    from: Math.max(1, peak - before),
    to: Math.min(length, peak + after + 1),
  };
}

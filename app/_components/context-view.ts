/** How contexts are drawn; the URL's `view`. */
export const CONTEXT_VIEWS = {
  snippet: { name: "Snippets", before: 22, after: 10 },
  stack: { name: "Stacked", before: 8, after: 5 },
  whole: { name: "Whole", before: Infinity, after: Infinity },
} as const;
export type ContextView = keyof typeof CONTEXT_VIEWS;

export function contextView(given: string | null): ContextView {
  return given !== null && given in CONTEXT_VIEWS
    ? (given as ContextView)
    : "snippet";
}

/**
 * Tokens from … to (exclusive) of a sequence around its peak. Position 0 is
 * BOS, which is never shown.
 */
export function contextWindow(
  view: ContextView,
  length: number,
  peak: number,
): { from: number; to: number } {
  const { before, after } = CONTEXT_VIEWS[view];
  return {
    from: Math.max(1, peak - before),
    to: Math.min(length, peak + after + 1),
  };
}

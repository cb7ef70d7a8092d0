import { BOS, type Packed } from "./pack";

export interface Place {
  document: { id: number; title: string; source: string };
  /** Position of the token in its document. */
  offset: number;
}

/**
 * The document that a token of a sequence comes from, and where in it.
 * Undefined for a BOS, which belongs to no document.
 */
export function locate(
  corpus: Pick<Packed, "contextSize" | "tokens" | "documents" | "segments">,
  sequence: number,
  position: number,
): Place | undefined {
  const token = corpus.tokens[sequence * corpus.contextSize + position];
  if (token === undefined || token === BOS) return undefined;

  // The last segment that begins at or before the position.
  let low = 0;
  let high = corpus.segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { sequence: s, start } = corpus.segments[middle]!;
    if (s < sequence || (s === sequence && start <= position)) low = middle + 1;
    else high = middle;
  }
  const segment = corpus.segments[low - 1];
  if (segment?.sequence !== sequence) return undefined;
  return {
    document: corpus.documents[segment.document]!,
    offset: segment.documentOffset + position - segment.start,
  };
}

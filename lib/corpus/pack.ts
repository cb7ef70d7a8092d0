/** GPT-2's "<|endoftext|>": begins every sequence and separates documents. */
export const BOS = 50256;

export interface TokenisedDocument {
  title: string;
  source: string;
  tokens: Uint16Array;
}

/** A stretch of one document inside one sequence. */
export interface Segment {
  sequence: number;
  /** Position in the sequence of the stretch's first token. */
  start: number;
  /** Index into `documents`. */
  document: number;
  /** Position in the document of the stretch's first token. */
  documentOffset: number;
}

export interface Packed {
  contextSize: number;
  sequences: number;
  /** [sequences × contextSize], BOS at position 0. */
  tokens: Uint16Array;
  /** Those of which at least one token is in a sequence. */
  documents: { id: number; title: string; source: string }[];
  /** Ordered by (sequence, start). */
  segments: Segment[];
}

/**
 * Joins documents with one BOS between them and cuts the stream into sequences
 * of contextSize − 1 tokens behind a BOS of their own. The ragged end is
 * dropped.
 */
export function packDocuments(
  documents: readonly TokenisedDocument[],
  contextSize: number,
): Packed {
  const texts = documents.filter((document) => document.tokens.length > 0);
  const room = contextSize - 1;
  const streamLength = texts.reduce(
    (sum, { tokens }) => sum + tokens.length + 1,
    -1,
  );
  const sequences = Math.max(0, Math.floor(streamLength / room));
  const packed: Packed = {
    contextSize,
    sequences,
    // Filled with BOS: what no document overwrites is a start or a separator.
    tokens: new Uint16Array(sequences * contextSize).fill(BOS),
    documents: [],
    segments: [],
  };

  let at = 0; // position in the stream
  const end = sequences * room;
  for (const { title, source, tokens } of texts) {
    if (at >= end) break;
    const document = packed.documents.length;
    packed.documents.push({ id: document, title, source });
    let documentOffset = 0;
    while (documentOffset < tokens.length && at < end) {
      const sequence = Math.floor(at / room);
      const start = 1 + (at % room);
      const length = Math.min(
        tokens.length - documentOffset,
        contextSize - start,
      );
      packed.tokens.set(
        tokens.subarray(documentOffset, documentOffset + length),
        sequence * contextSize + start,
      );
      packed.segments.push({ sequence, start, document, documentOffset });
      documentOffset += length;
      at += length;
    }
    at++; // the separator
  }
  return packed;
}

import { BOS, type PackedCorpus } from "#lib/corpus/index";
import type { TextPlacesRecord } from "#lib/db/records";

/** Equal parts of a sequence in which firings are counted. */
export const POSITION_PARTS = 16;
/** More sources than this are told as one: "other". */
const MAX_SOURCES = 24;

/**
 * Where the tokens of a text stand: part of the sequence, document, source. A
 * source is what documents were read from, whatever the line or row.
 */
export class TextPlaces {
  readonly sources: readonly string[];
  /** Source of each document, by its number. */
  readonly sourceOf: Uint8Array;
  private readonly contextSize: number;
  /** First segment of each sequence. */
  private readonly firstSegment: Uint32Array;
  private readonly documents: Uint32Array;
  private loaded = -1;

  constructor(private readonly corpus: PackedCorpus) {
    const { segments, sequences, contextSize } = corpus;
    this.contextSize = contextSize;
    this.firstSegment = new Uint32Array(sequences + 1);
    for (const { sequence } of segments) this.firstSegment[sequence + 1]!++;
    for (let s = 0; s < sequences; s++) {
      this.firstSegment[s + 1]! += this.firstSegment[s]!;
    }
    this.documents = new Uint32Array(contextSize);
    const names = corpus.documents.map((d) => sourceName(d.source));
    this.sources = nameSources(names);
    const number = new Map(this.sources.map((name, i) => [name, i]));
    const other = this.sources.length - 1;
    this.sourceOf = Uint8Array.from(names, (name) => number.get(name) ?? other);
  }

  /** The document of each position of a sequence; valid until the next call. */
  documentsOf(sequence: number): Uint32Array {
    const { documents, firstSegment } = this;
    if (this.loaded === sequence) return documents;
    this.loaded = sequence;
    const end = firstSegment[sequence + 1]!;
    for (let i = firstSegment[sequence]!; i < end; i++) {
      // Up to the sequence's end; the next segment overwrites what is its own.
      const { start, document } = this.corpus.segments[i]!;
      documents.fill(document, start);
    }
    return documents;
  }

  /** The part of the sequence that a position lies in, 0 … POSITION_PARTS − 1. */
  partOf(position: number): number {
    return Math.floor((position * POSITION_PARTS) / this.contextSize);
  }

  /** Tokens (BOS left out) of these sequences, by part and by source. */
  count(sequences: Uint32Array): TextPlacesRecord {
    const positionTokens = new Array<number>(POSITION_PARTS).fill(0);
    const sourceTokens = this.sources.map(() => 0);
    for (const sequence of sequences) {
      const documents = this.documentsOf(sequence);
      const from = sequence * this.contextSize;
      for (let p = 0; p < this.contextSize; p++) {
        if (this.corpus.tokens[from + p] === BOS) continue;
        positionTokens[this.partOf(p)]!++;
        sourceTokens[this.sourceOf[documents[p]!]!]!++;
      }
    }
    return {
      positionTokens,
      sources: this.sources.map((name, i) => ({
        name,
        tokens: sourceTokens[i]!,
      })),
    };
  }
}

/** "texts.jsonl, line 7" → "texts.jsonl" */
function sourceName(source: string): string {
  return source.replace(/, (line|row) \d+$/, "");
}

/** The most frequent names; "other" last if there are more. */
function nameSources(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const ranked = [...counts].sort(
    ([a, m], [b, n]) => n - m || (a < b ? -1 : 1),
  );
  const sources = ranked.map(([name]) => name);
  if (sources.length <= MAX_SOURCES) return sources;
  return [...sources.slice(0, MAX_SOURCES - 1), "other"];
}

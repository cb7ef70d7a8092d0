import type { PackedCorpus } from "#lib/corpus/index";
import type { FeatureIndexWriter } from "./index-features";

/**
 * Writes the given rows of the corpus (ascending), with the documents they
 * come from. Rows and documents keep the numbers they have in the corpus.
 *
 * @returns how many documents were written.
 */
export function writeCorpus(
  corpus: PackedCorpus,
  sequences: Uint32Array,
  writer: Pick<
    FeatureIndexWriter,
    "addDocuments" | "addSequences" | "addSegments"
  >,
): number {
  const { contextSize } = corpus;
  const wanted = new Uint8Array(corpus.sequences);
  for (const row of sequences) wanted[row] = 1;
  const segments = corpus.segments.filter((s) => wanted[s.sequence] === 1);
  const used = new Set(segments.map((s) => s.document));
  writer.addDocuments(corpus.documents.filter((d) => used.has(d.id)));
  for (let i = 0; i < sequences.length;) {
    const first = sequences[i]!;
    let end = first + 1;
    i++;
    // Neighbouring rows go in together, a few MB at a time.
    for (; sequences[i] === end && end - first < 8192; i++) end++;
    const tokens = corpus.tokens.subarray(
      first * contextSize,
      end * contextSize,
    );
    writer.addSequences(first, tokens, contextSize);
  }
  writer.addSegments(segments);
  return used.size;
}

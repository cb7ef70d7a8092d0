import type { CorpusDocument } from "#lib/corpus/document";
import { readLines } from "./lines";

/** Characters after which a document ends at the next empty line … */
const SOFT_LENGTH = 8_000;
/** … and at the latest at the next line end. */
const HARD_LENGTH = 16_000;

/**
 * A plain text file. A long one is cut into documents of about two thousand
 * tokens at paragraphs, so that some can be held out and that a passage can be
 * found again: "novel.txt, lines 1201–1418".
 */
export async function* textDocuments(
  file: string,
  label: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<CorpusDocument> {
  let text = "";
  let first = 1;
  let last = 0;
  let cut = false;
  const part = (): CorpusDocument => ({
    title: cut ? `${label}, lines ${String(first)}–${String(last)}` : label,
    source: file,
    text: text.trim(),
  });

  for await (const line of readLines(file, label, onBytes)) {
    const paragraphEnds = line.text.trim() === "";
    if (
      text.length > HARD_LENGTH ||
      (text.length > SOFT_LENGTH && paragraphEnds)
    ) {
      cut = true;
      yield part();
      text = "";
      first = line.number;
    }
    text += `${line.text}\n`;
    last = line.number;
  }
  if (text.trim() !== "") yield part();
}

import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { parseSynset, type PartOfSpeech, type Synset } from "./synset";

const NAMES: Record<PartOfSpeech, string> = {
  n: "noun",
  v: "verb",
  a: "adj",
  r: "adv",
};
export const PARTS_OF_SPEECH = Object.keys(NAMES) as PartOfSpeech[];

/** Most synsets are shorter; longer ones are read again, whole. */
const LINE_BYTES = 2048;

const NEWLINE = 0x0a;
const SPACE = 0x20;

/**
 * WordNet's files, read where they are: the indexes (6 MB) are held, a synset
 * is read from its place when it is asked for.
 */
export class WordNet {
  private readonly indexes: Record<PartOfSpeech, Buffer>;
  private readonly data: Record<PartOfSpeech, number>;

  /**
   * @param folder with index.noun, data.noun and the like, wndb(5WN)
   * @throws AppError("unavailable") when they are not there.
   */
  constructor(folder: string) {
    const each = <T>(read: (name: string) => T) =>
      Object.fromEntries(
        Object.entries(NAMES).map(([pos, name]) => [pos, read(name)]),
      ) as Record<PartOfSpeech, T>;
    try {
      this.indexes = each((name) =>
        readFileSync(join(folder, `index.${name}`)),
      );
      this.data = each((name) => openSync(join(folder, `data.${name}`), "r"));
    } catch (cause) {
      throw new AppError(
        "unavailable",
        "WordNet's files are not where they should be; run npm ci.",
        { cause },
      );
    }
  }

  /**
   * Where the senses of a word are, the most frequent first.
   *
   * @param lemma in its base form and small letters
   */
  senses(pos: PartOfSpeech, lemma: string): number[] {
    const line = this.indexLine(pos, lemma.replaceAll(" ", "_"));
    if (line === undefined) return [];
    // lemma pos senses pointers symbol… senses tagged offset…
    const fields = line.trimEnd().split(" ");
    return fields.slice(6 + Number(fields[3])).map(Number);
  }

  /** The synset at a place that `senses` or a pointer names. */
  synset(pos: PartOfSpeech, offset: number): Synset {
    let line = "";
    for (let bytes = LINE_BYTES; ; bytes *= 4) {
      const buffer = Buffer.allocUnsafe(bytes);
      const read = readSync(this.data[pos], buffer, 0, bytes, offset);
      const end = buffer.subarray(0, read).indexOf(NEWLINE);
      if (end < 0 && read === bytes) continue;
      line = buffer.toString("latin1", 0, end < 0 ? read : end);
      break;
    }
    const synset = parseSynset(line);
    if (synset === undefined) {
      throw new RangeError(`There is no synset at ${offset} of ${NAMES[pos]}.`);
    }
    return synset;
  }

  close(): void {
    for (const file of Object.values(this.data)) closeSync(file);
  }

  /** By bisection: lines are in the order of their lemmas' bytes. */
  private indexLine(pos: PartOfSpeech, lemma: string): string | undefined {
    if (lemma === "") return undefined;
    const index = this.indexes[pos];
    const wanted = Buffer.from(lemma);
    let from = 0;
    let to = index.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const start = index.lastIndexOf(NEWLINE, middle - 1) + 1;
      const found = index.indexOf(NEWLINE, middle);
      const end = found < 0 ? index.length : found;
      // The licence at the file's head begins with spaces: before all words.
      const space = index.indexOf(SPACE, start);
      const order = wanted.compare(index, start, Math.min(space, end));
      if (order === 0) return index.toString("latin1", start, end);
      if (order < 0) to = start;
      else from = end + 1;
    }
    return undefined;
  }
}

/** Noun, verb, adjective, adverb. */
export type PartOfSpeech = "n" | "v" | "a" | "r";

/** A relation to another synset, wninput(5WN). */
export interface Pointer {
  /** "~" a kind of this, "@" what this is a kind of, … */
  symbol: string;
  offset: number;
  pos: PartOfSpeech;
  /** Between two words, by their numbers from 1; 0: between the synsets. */
  source: number;
  target: number;
}

/** Words that mean the same. */
export interface Synset {
  /** The number of its lexicographer file, lexnames(5WN). */
  lexicographer: number;
  words: string[];
  pointers: Pointer[];
  gloss: string;
}

/**
 * One line of a data file, wndb(5WN); undefined if it is not a synset.
 *
 * `offset lexfile type words:hex (word id)… pointers:dec (symbol offset pos
 * source/target:hex)… [frames] | gloss`
 */
export function parseSynset(line: string): Synset | undefined {
  const bar = line.indexOf(" | ");
  if (bar < 0 || line.startsWith("  ")) return undefined;
  const fields = line.slice(0, bar).split(" ");
  let at = 3;
  const next = () => fields[at++] ?? "";
  const words: string[] = [];
  for (let left = parseInt(next(), 16); left > 0; left--) {
    // An adjective may carry its syntactic position: "ready(a)".
    const word = next().replace(/\((?:a|p|ip)\)$/, "");
    words.push(word.replaceAll("_", " "));
    at++;
  }
  const pointers: Pointer[] = [];
  for (let left = parseInt(next(), 10); left > 0; left--) {
    const symbol = next();
    const offset = Number(next());
    const pos = partOfSpeech(next());
    const ends = next();
    pointers.push({
      symbol,
      offset,
      pos,
      source: parseInt(ends.slice(0, 2), 16),
      target: parseInt(ends.slice(2), 16),
    });
  }
  const gloss = line.slice(bar + 3).trim();
  return { lexicographer: Number(fields[1]), words, pointers, gloss };
}

/** A satellite of an adjective is an adjective. */
const partOfSpeech = (letter: string) =>
  (letter === "s" ? "a" : letter) as PartOfSpeech;

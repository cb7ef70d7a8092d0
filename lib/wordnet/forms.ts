import type { PartOfSpeech } from "./synset";

/** Endings and what stands for them in the base form, after morphy(7WN). */
const ENDINGS: Record<PartOfSpeech, readonly [string, string][]> = {
  n: [
    ["s", ""],
    ["ses", "s"],
    ["xes", "x"],
    ["zes", "z"],
    ["ches", "ch"],
    ["shes", "sh"],
    ["men", "man"],
    ["ies", "y"],
    ["ves", "f"],
    ["ves", "fe"],
  ],
  v: [
    ["s", ""],
    ["ies", "y"],
    ["es", "e"],
    ["es", ""],
    ["ed", "e"],
    ["ed", ""],
    ["ing", "e"],
    ["ing", ""],
  ],
  a: [
    ["er", ""],
    ["est", ""],
    ["er", "e"],
    ["est", "e"],
  ],
  r: [],
};

/** Nouns that labels use and whose plural no ending makes. */
const IRREGULAR: Record<string, string> = {
  child: "children",
  foot: "feet",
  goose: "geese",
  mouse: "mice",
  person: "people",
  tooth: "teeth",
};
const BASE_OF = new Map(
  Object.entries(IRREGULAR).map(([base, plural]) => [plural, base]),
);

/** What a word may be a form of, itself first; not all of them are words. */
export function baseForms(pos: PartOfSpeech, word: string): string[] {
  const forms = new Set([word]);
  const base = pos === "n" ? BASE_OF.get(word) : undefined;
  if (base !== undefined) forms.add(base);
  for (const [ending, instead] of ENDINGS[pos]) {
    if (word.length > ending.length + 1 && word.endsWith(ending)) {
      forms.add(word.slice(0, -ending.length) + instead);
    }
  }
  return [...forms];
}

/** How a word is written in a text: itself, its plural, its verb forms. */
export function inflections(pos: PartOfSpeech, word: string): string[] {
  const phrase = word.includes(" ");
  if (pos === "n" && !word.includes(" of ")) return [word, ...plurals(word)];
  if (pos !== "v" || phrase) return [word];
  const stem = word.endsWith("e") ? word.slice(0, -1) : word;
  const past = ENDS_IN_Y.test(word) ? `${word.slice(0, -1)}ied` : `${stem}ed`;
  const forms = [word, withS(word), past, `${stem}ing`];
  // One short syllable: stop, stopped.
  if (!/^[^aeiou]*[aeiou][bdgklmnprt]$/.test(word)) return forms;
  const doubled = word + word.at(-1)!;
  return [...forms, `${doubled}ed`, `${doubled}ing`];
}

const ENDS_IN_Y = /[^aeiou]y$/;

function plurals(word: string): string[] {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return [irregular];
  // Sailormen, and Germans.
  if (word.endsWith("man")) return [withS(word), `${word.slice(0, -3)}men`];
  // "clams", for money, is one already.
  return /[^aius]s$/.test(word) ? [] : [withS(word)];
}

function withS(word: string): string {
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return ENDS_IN_Y.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

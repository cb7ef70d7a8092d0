import { baseForms, inflections } from "./forms";
import type { PartOfSpeech, Pointer } from "./synset";
import { PARTS_OF_SPEECH, type WordNet } from "./word-net";

/**
 * Words and phrases, in small letters and as texts write them, and how near
 * they are in meaning: 1 for the word itself and its synonyms.
 */
export type Concept = ReadonlyMap<string, number>;

/**
 * How much of a meaning a relation carries. Opposites carry none: who looks
 * for labels about heat does not mean those about cold.
 */
const CARRIES: Record<string, number> = {
  "~": 0.8, // a kind of it
  "~i": 0.6, // an instance of it: of names there are many
  "@": 0.75, // what it is a kind of
  "@i": 0.75,
  "&": 0.8, // similar to it
  "+": 0.85, // made from the same word: to sail, a sailor
  "\\": 0.85, // an adjective's noun, an adverb's adjective
  $: 0.8, // verbs of one group
  "<": 0.8, // a verb's participle
  "%m": 0.5, // its members, its substance, its parts
  "%s": 0.5,
  "%p": 0.5,
  "#m": 0.5, // what it is a member, the substance, a part of
  "#s": 0.5,
  "#p": 0.5,
  "=": 0.45, // an attribute and its values
  "*": 0.6, // what a verb entails, or causes
  ">": 0.6,
  "^": 0.6, // see also
  ";c": 0.5, // its subject, and what belongs to it
  "-c": 0.5,
};

/** Other kinds of what it is a kind of are not so near as its own kinds. */
const CARRIES_TO_OTHER_KINDS = 0.65;

/** What carries less than this is not near any more. */
const NEAR = 0.35;
/** A kind as wide as "thing" would reach half the language. */
const MAX_SYNSETS = 500;
const MAX_WORDS = 250;

/**
 * A rarer sense counts for less: of the word asked for, and of a word found,
 * which mostly means something else ("bread", for money).
 */
const senseWeight = (rank: number) => Math.max(0.5, 1 - rank / 10);

/**
 * What a text is about, by WordNet: a concept for the whole, where WordNet
 * knows it as one ("body of water"), or else one for each word. Words that
 * WordNet does not know mean themselves.
 */
export function relatedWords(wordNet: WordNet, text: string): Concept[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const whole = words.join(" ");
  if (words.length > 1) {
    const sources = sourcesOf(wordNet, whole);
    if (sources.length > 0) return [conceptOf(wordNet, whole, sources)];
  }
  return words.map((word) =>
    conceptOf(wordNet, word, sourcesOf(wordNet, word)),
  );
}

/** A synset, and how near its meaning is. */
interface Reached {
  pos: PartOfSpeech;
  offset: number;
  weight: number;
  /** It is wider than the word: the word is a kind of it. */
  wider?: boolean;
}

/** The word's senses, in whatever form it is written. */
function sourcesOf(wordNet: WordNet, word: string): Reached[] {
  return PARTS_OF_SPEECH.flatMap((pos) =>
    baseForms(pos, word).flatMap((base) =>
      wordNet
        .senses(pos, base)
        .map((offset, rank) => ({ pos, offset, weight: senseWeight(rank) })),
    ),
  );
}

/** Follows the relations from the senses, as far as they carry. */
function conceptOf(
  wordNet: WordNet,
  word: string,
  sources: readonly Reached[],
): Concept {
  const words = new Map<string, number>();
  const add = (text: string, reached: Reached) => {
    const lower = text.toLowerCase();
    const senses = wordNet.senses(reached.pos, lower);
    const rank = Math.max(0, senses.indexOf(reached.offset));
    const weight = reached.weight * senseWeight(rank);
    const key = `${reached.pos} ${lower}`;
    if (weight > (words.get(key) ?? NEAR)) words.set(key, weight);
  };
  const known = new Map<string, number>();
  const queue = [...sources];
  for (let i = 0; i < queue.length && known.size < MAX_SYNSETS; i++) {
    const reached = queue[i]!;
    const { pos, offset, weight } = reached;
    const key = `${pos}${offset}`;
    if (weight <= (known.get(key) ?? 0)) continue;
    known.set(key, weight);
    const { words: synonyms, pointers } = wordNet.synset(pos, offset);
    for (const synonym of synonyms) add(synonym, reached);
    for (const pointer of pointers) {
      const { symbol } = pointer;
      let carries = CARRIES[symbol] ?? 0;
      if (reached.wider && symbol.startsWith("~"))
        carries = Math.min(carries, CARRIES_TO_OTHER_KINDS);
      const carried = weight * carries;
      if (carried < NEAR) continue;
      const wider = symbol.startsWith("@");
      const next = { ...pointer, weight: carried, wider };
      if (pointer.source === 0) queue.push(next);
      else add(targetOf(wordNet, pointer), next);
    }
  }
  const nearest = [...words].sort(([, a], [, b]) => b - a).slice(0, MAX_WORDS);
  const forms = new Map([[word, 1]]);
  for (const [key, weight] of nearest) {
    const pos = key[0] as PartOfSpeech;
    for (const form of inflections(pos, key.slice(2))) {
      forms.set(form, Math.max(weight, forms.get(form) ?? 0));
    }
  }
  return forms;
}

/** The word that a relation between words leads to. */
function targetOf(wordNet: WordNet, { pos, offset, target }: Pointer): string {
  return wordNet.synset(pos, offset).words[target - 1]!;
}

/**
 * The language as it is shown to people: in the help beside the box, in
 * docs/search.md, and in what the parser says. `name` is what stands before
 * the colon; entries without one are written without it.
 */
export interface FieldHelp {
  name?: string;
  /** How it is written. */
  syntax: string;
  /** "Features …" */
  meaning: string;
  /** Searches to try. */
  examples: string[];
}

export const FIELD_HELP: FieldHelp[] = [
  {
    syntax: "king",
    meaning:
      "with this word in the text round one of their strongest firings. Capitals and accents do not matter. The search page looks for such words in labels, tokens and logits as well.",
    examples: ["king", "naive"],
  },
  {
    syntax: '"of the king"',
    meaning: "with these words, one after the other, in that text.",
    examples: ['"of the united states"'],
  },
  {
    syntax: "king*",
    meaning: "with a word that begins like this in that text.",
    examples: ["presid*"],
  },
  {
    name: "near",
    syntax: "near:king",
    meaning:
      "as without “near:”, but looked for nowhere else. Words, a beginning with * or a phrase in quotes.",
    examples: ["near:king", 'near:"the king"'],
  },
  {
    name: "fires",
    syntax: 'fires:" king"',
    meaning:
      "one of whose strongest firings is on exactly this text: spaces, capitals and signs count, up to 8 tokens. Without quotes one word in any spelling.",
    examples: ['fires:" king"', 'fires:"$"', "fires:king"],
  },
  {
    name: "token",
    syntax: "token:king",
    meaning:
      "that fire most often on this token, first those that seldom fire on others. In quotes exactly this token, otherwise with or without a space before it, in small letters or capitals.",
    examples: ["token:king", 'token:","'],
  },
  {
    name: "promotes",
    syntax: "promotes:king",
    meaning:
      "among whose most raised logits is this token; quotes as in token:.",
    examples: ["promotes:king", 'promotes:" king"'],
  },
  {
    name: "suppresses",
    syntax: "suppresses:king",
    meaning: "among whose most lowered logits is this token.",
    examples: ["suppresses:the"],
  },
  {
    name: "label",
    syntax: "label:negation",
    meaning:
      "with a word that begins like this in a label; in quotes these words one after the other.",
    examples: ["label:neg", 'label:"past tense"'],
  },
  {
    name: "about",
    syntax: "about:ocean",
    meaning:
      "with a label that means something near: synonyms, kinds, parts and what else WordNet relates to the word, nearest first. In quotes several words, all of which must be met.",
    examples: ["about:ocean", 'about:"body of water"'],
  },
  {
    name: "has",
    syntax: "has:label, -label",
    meaning: "with a label, or without one.",
    examples: ["has:label", "-label"],
  },
  {
    name: "state",
    syntax: "state:disputed",
    meaning:
      "whose labelling stands so: unlabelled, proposed, accepted, disputed or uninterpretable.",
    examples: ["state:disputed"],
  },
  {
    name: "text",
    syntax: 'text:"The king sleeps."',
    meaning:
      "that fire on this text of your own, by their strongest activation on it.",
    examples: ['text:"The king of France is bald."'],
  },
  {
    name: "on",
    syntax: "on:2,3",
    meaning:
      "With text: only these of its tokens count, from 1; the sum over them ranks.",
    examples: ['text:"The king sleeps." on:2'],
  },
  {
    name: "like",
    syntax: "like:123",
    meaning:
      "whose decoder directions are nearest to feature 123, by cosine, nearest first.",
    examples: ["like:123"],
  },
  {
    syntax: "#123",
    meaning: "of this number; several with commas: #1,2,3.",
    examples: ["#123"],
  },
  {
    name: "density",
    syntax: "density:<1e-3",
    meaning:
      "that fire on this share of all tokens. As every number: <, <=, >, >=, from..to, or one value; percent signs are understood.",
    examples: ["density:<1e-3", "density:0.1%..1%"],
  },
  {
    name: "max",
    syntax: "max:>10",
    meaning: "with such a strongest activation.",
    examples: ["max:>10"],
  },
  {
    name: "mean",
    syntax: "mean:1..2",
    meaning: "with such a mean activation where they fire.",
    examples: ["mean:>5"],
  },
  {
    name: "skew",
    syntax: "skew:>2",
    meaning:
      "with such a skewness of their activations: large when a few are far stronger than most.",
    examples: ["skew:>2"],
  },
  {
    name: "is",
    syntax: "is:dead",
    meaning:
      "that never fired (dead), fire on more than 10 % of tokens (dense), are live, or any. Without is: only live features are found.",
    examples: ["is:dead", "-is:dense"],
  },
  {
    name: "source",
    syntax: "source:wordnet",
    meaning:
      "that fire most in text from this source, compared with how much text it gave.",
    examples: ["source:wordnet"],
  },
  {
    syntax: "-king",
    meaning: "for which what follows the sign does not hold; works with all.",
    examples: ["king -queen", "king -is:dense"],
  },
  {
    name: "sort",
    syntax: "sort:density",
    meaning:
      "Orders by relevance, rarity (relevance × ln 1/density), density, max, mean, skew or index; -asc or -desc after it turns the order.",
    examples: ["king sort:rarity", "sort:density-asc"],
  },
];

export const FIELD_NAMES = FIELD_HELP.flatMap(({ name }) => name ?? []);

/** The table of docs/search.md. */
export function searchTable(): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = FIELD_HELP.map(({ syntax, meaning, examples }) => {
    const tries = examples.map((example) => `\`${example}\``).join(" · ");
    return `| \`${cell(syntax)}\` | ${cell(meaning)} | ${cell(tries)} |`;
  });
  return ["| write | features … | try |", "| --- | --- | --- |", ...rows].join(
    "\n",
  );
}

import { encode } from "gpt-tokenizer/encoding/r50k_base";
import type { DocumentRecord, SegmentRecord } from "#lib/db/records";
import { Rng } from "#lib/random";

/*
 * Seeded English for tests: a few subjects, each with its nouns, verbs and
 * places, put together into documents and packed as the corpus packs them.
 */
export const SUBJECTS = [
  {
    name: "the sea",
    nouns: ["captain", "whale", "harbor", "sailor", "storm", "ship", "island"],
    verbs: ["sailed", "drifted", "anchored"],
  },
  {
    name: "government",
    nouns: ["Congress", "president", "treaty", "senator", "law", "nation"],
    verbs: ["voted", "declared", "signed"],
  },
  {
    name: "the kitchen",
    nouns: ["bread", "butter", "soup", "oven", "pepper", "kitchen", "plate"],
    verbs: ["baked", "stirred", "tasted"],
  },
  {
    name: "science",
    nouns: ["experiment", "theory", "planet", "telescope", "atom", "measure"],
    verbs: ["observed", "measured", "predicted"],
  },
  {
    name: "music",
    nouns: ["violin", "melody", "orchestra", "singer", "piano", "rhythm"],
    verbs: ["played", "rehearsed", "listened"],
  },
  {
    name: "winter",
    nouns: ["snow", "ice", "mountain", "fire", "coat", "night"],
    verbs: ["froze", "melted", "shivered"],
  },
] as const;

const FRAMES = [
  "The {n} {v} near the old {n}, and nobody spoke.",
  "In {y}, a {n} and a {n} were all we had.",
  "“Where is the {n}?” she asked, and then {v} again.",
  "After the {n} {v}, the {n} seemed very small.",
  "It was not the {n} but the {n} that mattered.",
  "He {v} for {y} days; his {n} was gone.",
  "We remember the {n}. We {v} because of the {n}.",
];

export interface FixtureText {
  contextSize: number;
  sequences: number;
  tokens: Uint16Array;
  documents: DocumentRecord[];
  segments: SegmentRecord[];
}

/** `sequences` packed sequences; every document has one subject. */
export function fixtureText(
  seed: number,
  sequences: number,
  contextSize: number,
): FixtureText {
  const rng = new Rng(seed);
  return packFixture(sequences, contextSize, (documents) => {
    const text = writeDocument(rng, documents);
    return encode(text);
  });
}

/**
 * Packs documents as the corpus packs them.
 *
 * @param next adds a document to the list and returns its tokens.
 */
export function packFixture(
  sequences: number,
  contextSize: number,
  next: (documents: DocumentRecord[]) => ArrayLike<number>,
): FixtureText {
  const tokens = new Uint16Array(sequences * contextSize).fill(50256);
  const documents: DocumentRecord[] = [];
  const segments: SegmentRecord[] = [];
  let ids: ArrayLike<number> = [];
  let offset = 0;
  for (let sequence = 0; sequence < sequences; sequence++) {
    // Position 0 is BOS; one BOS separates documents inside a sequence.
    let position = 1;
    while (position < contextSize) {
      if (offset === ids.length) {
        ids = next(documents);
        offset = 0;
      }
      const run = Math.min(ids.length - offset, contextSize - position);
      const document = documents.length - 1;
      segments.push({
        sequence,
        start: position,
        document,
        documentOffset: offset,
      });
      const at = sequence * contextSize + position;
      tokens.set(Array.from(ids).slice(offset, offset + run), at);
      offset += run;
      position += run + 1;
    }
  }
  return { contextSize, sequences, tokens, documents, segments };
}

function writeDocument(rng: Rng, documents: DocumentRecord[]): string {
  const subject = SUBJECTS[rng.below(SUBJECTS.length)]!;
  const pick = (list: readonly string[]) => list[rng.below(list.length)]!;
  const id = documents.length;
  documents.push({
    id,
    title: `Notes on ${subject.name}, no. ${id + 1}`,
    source: "fixture",
  });
  const sentences = Array.from({ length: 6 + rng.below(10) }, () =>
    pick(FRAMES)
      .replace(/\{n\}/g, () => pick(subject.nouns))
      .replace(/\{v\}/g, () => pick(subject.verbs))
      .replace(/\{y\}/g, () => String(1800 + rng.below(200))),
  );
  return sentences.join(" ");
}

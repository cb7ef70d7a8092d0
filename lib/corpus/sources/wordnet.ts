import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { CorpusDocument } from "#lib/corpus/document";
import { parseSynset, type Synset } from "#lib/wordnet/index";

/** Names of the lexicographer files by their number, lexnames(5WN). */
const LEXICOGRAPHER_FILES = (
  "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact " +
  "noun.attribute noun.body noun.cognition noun.communication noun.event " +
  "noun.feeling noun.food noun.group noun.location noun.motive noun.object " +
  "noun.person noun.phenomenon noun.plant noun.possession noun.process " +
  "noun.quantity noun.relation noun.shape noun.state noun.substance " +
  "noun.time verb.body verb.change verb.cognition verb.communication " +
  "verb.competition verb.consumption verb.contact verb.creation " +
  "verb.emotion verb.motion verb.perception verb.possession verb.social " +
  "verb.stative verb.weather adj.ppl"
).split(" ");

/** Synsets in a document: about a thousand tokens. */
const SYNSETS = 40;

/**
 * The glosses of a WordNet data file, forty neighbouring synsets of one
 * lexicographer category a document, a line each:
 * `aardvark, ant bear: nocturnal burrowing mammal of …; "an example"`.
 */
export async function* wordnetDocuments(
  file: string,
  source: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<CorpusDocument> {
  let group: Synset[] = [];
  const lines = createInterface({ input: createReadStream(file, "utf8") });
  for await (const line of lines) {
    onBytes(Buffer.byteLength(line) + 1);
    const synset = parseSynset(line);
    if (synset === undefined) continue; // the licence, at the file's head
    const full = group.length === SYNSETS;
    if (full || (group[0] && categoryOf(group[0]) !== categoryOf(synset))) {
      yield glossary(group, source);
      group = [];
    }
    group.push(synset);
  }
  if (group.length > 0) yield glossary(group, source);
}

const categoryOf = ({ lexicographer }: Synset) =>
  LEXICOGRAPHER_FILES[lexicographer]!;

function glossary(group: readonly Synset[], source: string): CorpusDocument {
  const first = group[0]!;
  const last = group.at(-1)!;
  return {
    title: `WordNet ${categoryOf(first)}: ${first.words[0]!} … ${last.words[0]!}`,
    source,
    text: group
      .map(({ words, gloss }) => `${words.join(", ")}: ${gloss}\n`)
      .join(""),
  };
}

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { CorpusDocument } from "#lib/corpus/document";

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

interface Synset {
  category: string;
  words: string[];
  gloss: string;
}

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
    if (line.startsWith("  ")) continue; // the licence, at the file's head
    const synset = parseSynset(line);
    if (synset === undefined) continue;
    const full = group.length === SYNSETS;
    if (full || (group[0] && group[0].category !== synset.category)) {
      yield glossary(group, source);
      group = [];
    }
    group.push(synset);
  }
  if (group.length > 0) yield glossary(group, source);
}

/** One line of a data file, wndb(5WN); undefined if it is not a synset. */
export function parseSynset(line: string): Synset | undefined {
  const bar = line.indexOf(" | ");
  if (bar < 0) return undefined;
  const fields = line.slice(0, bar).split(" ");
  const category = LEXICOGRAPHER_FILES[Number(fields[1])];
  if (category === undefined) return undefined;
  const words: string[] = [];
  const count = parseInt(fields[3] ?? "", 16);
  for (let i = 0; i < count; i++) {
    // An adjective may carry its syntactic position: "ready(a)".
    const word = (fields[4 + 2 * i] ?? "").replace(/\((?:a|p|ip)\)$/, "");
    words.push(word.replaceAll("_", " "));
  }
  return { category, words, gloss: line.slice(bar + 3).trim() };
}

function glossary(group: readonly Synset[], source: string): CorpusDocument {
  const first = group[0]!;
  const last = group.at(-1)!;
  return {
    title: `WordNet ${first.category}: ${first.words[0]!} … ${last.words[0]!}`,
    source,
    text: group
      .map(({ words, gloss }) => `${words.join(", ")}: ${gloss}\n`)
      .join(""),
  };
}

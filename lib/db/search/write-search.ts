import type { Database } from "better-sqlite3";
import { toBlob } from "#lib/db/blobs";
import {
  around,
  CONTEXT_AFTER,
  CONTEXT_BEFORE,
  EXACT_REACH,
  topExamples,
} from "./contexts";
import { PLACES } from "./posting-cursor";
import { PostingsBuilder } from "./postings-builder";
import { splitTerms } from "./terms";

/**
 * Writes what searches read (index-schema.ts): the columns of all features,
 * and the postings of words and tokens round every feature's strongest
 * firings. Examples and sequences are in already.
 *
 * @param decode token ids → text
 */
export function writeSearch(
  db: Database,
  decode: (ids: Uint16Array) => string,
): void {
  writeColumns(db);
  const vocabulary = new Map<string, number>();
  const words = new PostingsBuilder(putInto(db, "word_postings"));
  const tokens = new PostingsBuilder(putInto(db, "token_postings"));
  const examplesOf = topExamples(db);
  const features = db
    .prepare<[], number>(
      "SELECT feature FROM features WHERE firing_count > 0 ORDER BY feature",
    )
    .pluck()
    .all();
  for (const feature of features) {
    for (const { rank, tokens: sequence, peak } of examplesOf(feature)) {
      const wide = around(sequence, peak, CONTEXT_BEFORE, CONTEXT_AFTER);
      splitTerms(decode(wide.tokens)).forEach(({ term }, place) => {
        if (place >= PLACES || CUT.test(term)) return;
        let id = vocabulary.get(term);
        if (id === undefined) vocabulary.set(term, (id = vocabulary.size));
        words.add(id, feature, rank, place);
      });
      const near = around(sequence, peak, EXACT_REACH, EXACT_REACH);
      near.tokens.forEach((token, i) => {
        const place = i - near.peak + EXACT_REACH;
        tokens.add(exactTerm(token, i === near.peak), feature, rank, place);
      });
    }
    words.endFeature();
    tokens.endFeature();
  }
  tokens.finish();
  const counts = words.finish();
  const insert = db.prepare("INSERT INTO words VALUES (?, ?, ?)");
  // In order: they are searched by how they begin.
  for (const [word, id] of [...vocabulary].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    insert.run(word, id, counts[id]);
  }
}

/** Bytes that are no character: the window's ends cut one in two. */
const CUT = /\ufffd/;

/** Tokens on which a feature peaks are postings of their own. */
export function exactTerm(token: number, atPeak: boolean): number {
  return 2 * token + (atPeak ? 1 : 0);
}

function putInto(db: Database, table: string) {
  const insert = db.prepare(`INSERT INTO ${table} VALUES (?, ?, ?)`);
  return (term: number, chunk: number, bytes: Buffer) => {
    insert.run(term, chunk, bytes);
  };
}

function writeColumns(db: Database): void {
  const rows = db
    .prepare<[], [number, number, number, number, number | null]>(
      `SELECT feature, firing_count, mean_activation, max_activation, skewness
       FROM features ORDER BY feature`,
    )
    .raw()
    .all();
  const length = (rows.at(-1)?.[0] ?? -1) + 1;
  const counts = new Uint32Array(length);
  const means = new Float64Array(length);
  const maxima = new Float64Array(length);
  const skewnesses = new Float64Array(length).fill(NaN);
  for (const [feature, count, mean, max, skewness] of rows) {
    counts[feature] = count;
    means[feature] = mean;
    maxima[feature] = max;
    skewnesses[feature] = skewness ?? NaN;
  }
  db.prepare("INSERT INTO columns VALUES (?, ?, ?, ?)").run(
    toBlob(counts),
    toBlob(means),
    toBlob(maxima),
    toBlob(skewnesses),
  );
}

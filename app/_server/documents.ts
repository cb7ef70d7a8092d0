import {
  PASSAGES_PER_PAGE,
  type DocumentPage,
  type DocumentPassage,
  type DocumentQuery,
} from "#lib/contract/index";
import type { KnownFirings, Passage } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { BOS, tokenTexts } from "#lib/gpt2/index";
import { tryActivations, type Firings } from "./activations";
import { assertFeature, readerOf } from "./databases";

/** One page of a document. @throws AppError "not_found". */
export function storedDocument(
  saeId: string,
  document: number,
  query: Omit<DocumentQuery, "values">,
): DocumentPage {
  return readPage(saeId, document, query).page;
}

/**
 * One page of a document with a feature's activations: those of running the
 * model, where the SAE's files are there, else those that the index holds.
 *
 * @throws AppError "not_found".
 */
export async function readDocument(
  saeId: string,
  document: number,
  query: DocumentQuery,
): Promise<DocumentPage> {
  const { page, sequences } = readPage(saeId, document, query);
  if (query.values === "stored") return page;
  const numbers = [...sequences.keys()];
  const runs = await tryActivations(
    saeId,
    [query.feature],
    numbers.map((number) => sequences.get(number)!),
  );
  if (runs === null) return page;
  const bySequence = new Map(
    numbers.map((number, s) => [number, { ...runs[s]![0]!, whole: true }]),
  );
  return {
    ...page,
    measured: "run",
    passages: page.passages.map((passage) => ({
      ...passage,
      ...within(passage, bySequence.get(passage.sequence)),
    })),
  };
}

function readPage(
  saeId: string,
  document: number,
  { feature, at = 0, from }: Omit<DocumentQuery, "values">,
): { page: DocumentPage; sequences: Map<number, Uint16Array> } {
  const reader = readerOf(saeId);
  assertFeature(reader, feature);
  const place = from === undefined ? { at } : { from };
  const found = reader.passages(document, place, PASSAGES_PER_PAGE);
  if (found === undefined || found.passages.length === 0) {
    throw new AppError(
      "not_found",
      "The index holds no such document, or nothing of it there.",
    );
  }
  const known = new Map<number, KnownFirings>(
    reader.knownFirings(feature).map((k) => [k.sequence, k]),
  );
  const { passages, ...rest } = found;
  return {
    page: {
      ...rest,
      feature,
      maxActivation: reader.rows([feature]).get(feature)?.maxActivation ?? 0,
      passages: readable(passages).map((passage) => ({
        ...passage,
        ...within(passage, known.get(passage.sequence)),
      })),
      measured: "stored",
    },
    sequences: new Map(passages.map((p) => [p.sequence, p.tokens])),
  };
}

type Text = Pick<DocumentPassage, "sequence" | "start" | "offset" | "tokens">;

/** The passages' own tokens; characters split between two passages are whole. */
function readable(passages: Passage[]): Text[] {
  const ids = passages.map(({ start, tokens }) => {
    const end = tokens.indexOf(BOS, start);
    return tokens.subarray(start, end < 0 ? tokens.length : end);
  });
  const out: Text[] = [];
  for (let i = 0; i < passages.length;) {
    // As far as the document goes on without a gap.
    let end = i + 1;
    while (
      end < passages.length &&
      passages[end]!.offset === passages[end - 1]!.offset + ids[end - 1]!.length
    ) {
      end++;
    }
    const texts = tokenTexts(ids.slice(i, end).flatMap((run) => [...run]));
    for (let first = 0; i < end; i++) {
      const { sequence, start, offset } = passages[i]!;
      const { length } = ids[i]!;
      const tokens = texts.slice(first, first + length);
      out.push({ sequence, start, offset, tokens });
      first += length;
    }
  }
  return out;
}

/** A sequence's firings as far as they are in a passage of it. */
function within(
  { start, tokens }: Text,
  firings:
    | {
        positions: Firings["positions"] | Uint16Array;
        values: ArrayLike<number>;
        whole: boolean;
      }
    | undefined,
): Pick<DocumentPassage, "positions" | "values" | "known"> {
  const positions: number[] = [];
  const values: number[] = [];
  Array.from(firings?.positions ?? []).forEach((position, i) => {
    if (position < start || position >= start + tokens.length) return;
    positions.push(position - start);
    values.push(firings!.values[i]!);
  });
  const known = firings === undefined ? "none" : firings.whole ? "all" : "some";
  return { positions, values, known };
}

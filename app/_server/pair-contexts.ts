import type {
  FeaturePairQuery,
  PairContext,
  PairContexts,
} from "#lib/contract/index";
import type { KnownFirings } from "#lib/db/index";
import { BOS, tokenTexts } from "#lib/gpt2/index";
import { tryActivations, type Firings } from "./activations";
import { pairSides, type PairSide } from "./feature-pair";

/** Sequences that the model is run on. */
const EXAMINED = 16;

/** One sequence of one of the two indexes. */
interface Text {
  side: "a" | "b";
  sequence: number;
  tokens: Uint16Array;
  /** Known from the index; null where it does not know all. */
  a: Firings | null;
  b: Firings | null;
}

/**
 * Sequences in which two features both fire: looked for where either is known
 * to fire, first where both are, then where each is strongest.
 */
export async function findPairContexts(
  saeId: string,
  query: FeaturePairQuery,
): Promise<PairContexts> {
  const [a, b] = pairSides(saeId, query);
  const texts = chooseTexts(a, b);
  const run = await runBoth(a, b, texts);
  const seen = run ?? texts;
  const known = seen.filter(
    (text): text is Text & { a: Firings; b: Firings } =>
      text.a !== null && text.b !== null,
  );
  const sum = (of: (text: (typeof known)[number]) => number) =>
    known.reduce((total, text) => total + of(text), 0);
  return {
    measured: run ? "run" : "stored",
    sequences: known.length,
    tokens: sum((text) => text.tokens.filter((id) => id !== BOS).length),
    firingsA: sum((text) => text.a.positions.length),
    firingsB: sum((text) => text.b.positions.length),
    both: sum((text) => bothOf(text).length),
    contexts: known
      .filter((t) => t.a.positions.length > 0 && t.b.positions.length > 0)
      .map((text) => context(text, a, b))
      .sort((x, y) => y.both - x.both || strength(y, a, b) - strength(x, a, b)),
  };
}

/** Sequences to look at: where both are known to fire, then each one's best. */
function chooseTexts(a: PairSide, b: PairSide): Text[] {
  const known = {
    a: a.reader.knownFirings(a.index),
    b: b.reader.knownFirings(b.index),
  };
  // Two indexes of one corpus, cut alike, number its sequences alike.
  const [one, two] = [a.reader.manifest, b.reader.manifest];
  const sameText =
    one.corpusHash === two.corpusHash && one.contextSize === two.contextSize;
  const chosen = new Map<string, Pick<Text, "side" | "sequence">>();
  const choose = (side: Text["side"], found: KnownFirings | undefined) => {
    if (found === undefined || chosen.size === EXAMINED) return;
    const { sequence } = found;
    const key = sameText ? String(sequence) : `${side}${sequence}`;
    if (!chosen.has(key)) chosen.set(key, { side, sequence });
  };
  const inB = new Set(known.b.map((k) => k.sequence));
  if (sameText) {
    for (const found of known.a)
      if (inB.has(found.sequence)) choose("a", found);
  }
  for (let i = 0; i < EXAMINED; i++) {
    choose("a", known.a[i]);
    choose("b", known.b[i]);
  }
  const list = [...chosen.values()];
  const numbers = (side: Text["side"]) =>
    list.filter((text) => text.side === side).map((text) => text.sequence);
  const tokens = {
    a: a.reader.sequences(numbers("a")),
    b: b.reader.sequences(numbers("b")),
  };
  return list.map(({ side, sequence }) => {
    const stored = (of: Text["side"]) =>
      of === side || sameText ? wholeFirings(known[of], sequence) : null;
    return {
      side,
      sequence,
      tokens: tokens[side].get(sequence)!,
      a: stored("a"),
      b: stored("b"),
    };
  });
}

/** All firings of a feature in a sequence, where the index holds them all. */
function wholeFirings(known: KnownFirings[], sequence: number): Firings | null {
  const found = known.find((k) => k.sequence === sequence);
  if (!found?.whole) return null;
  const { positions, values } = found;
  return { positions: Array.from(positions), values: Array.from(values) };
}

/** The texts with both features' firings; null where a model is not there. */
async function runBoth(
  a: PairSide,
  b: PairSide,
  texts: Text[],
): Promise<Text[] | null> {
  const out: Text[] = [];
  for (const side of ["a", "b"] as const) {
    const own = texts.filter((text) => text.side === side);
    const tokens = own.map((text) => text.tokens);
    const same = a.reader === b.reader;
    const ofA = await tryActivations(
      a.reader.manifest.saeId,
      same ? [a.index, b.index] : [a.index],
      tokens,
    );
    const ofB = same
      ? ofA
      : await tryActivations(b.reader.manifest.saeId, [b.index], tokens);
    if (ofA === null || ofB === null) return null;
    own.forEach((text, i) => {
      out.push({ ...text, a: ofA[i]![0]!, b: ofB[i]![same ? 1 : 0]! });
    });
  }
  return out;
}

/** Positions at which both fire. */
function bothOf({ a, b }: { a: Firings; b: Firings }): number[] {
  const inB = new Set(b.positions);
  return a.positions.filter((position) => inB.has(position));
}

function context(
  text: Text & { a: Firings; b: Firings },
  a: PairSide,
  b: PairSide,
): PairContext {
  const { side, sequence } = text;
  const both = bothOf(text);
  const peakPosition = strongest(text, both, a, b);
  const { reader } = side === "a" ? a : b;
  const document = reader.documentAt(sequence, peakPosition);
  return {
    side,
    sequence,
    tokens: tokenTexts(text.tokens),
    peakPosition,
    document: {
      title: document?.title ?? "unknown document",
      tokenOffset: document?.tokenOffset ?? peakPosition,
    },
    a: text.a,
    b: text.b,
    both: both.length,
  };
}

/** Where the sum of both, each of its own maximum, is largest. */
function strongest(
  text: { a: Firings; b: Firings },
  both: number[],
  a: PairSide,
  b: PairSide,
): number {
  const sum = (position: number) =>
    share(text.a, position, a) + share(text.b, position, b);
  const among =
    both.length > 0 ? both : [...text.a.positions, ...text.b.positions];
  return among.reduce((best, position) =>
    sum(position) > sum(best) ? position : best,
  );
}

/** A feature's activation on a token as a share of its maximum. */
function share(
  { positions, values }: Firings,
  position: number,
  { max }: PairSide,
): number {
  const i = positions.indexOf(position);
  return i < 0 ? 0 : values[i]! / max;
}

function strength(context: PairContext, a: PairSide, b: PairSide): number {
  const { peakPosition } = context;
  return share(context.a, peakPosition, a) + share(context.b, peakPosition, b);
}

import type { PlacesRecord, TextPlacesRecord } from "#lib/db/records";
import type { FixtureText } from "./fixture-text";

const PARTS = 16;
const BOS = 50256;

interface Place {
  sequence: number;
  position: number;
}

/** Where these firings are; all of the fixture's text has one source. */
export function fixturePlaces(
  text: FixtureText,
  firings: readonly Place[],
): PlacesRecord {
  const positions = new Array<number>(PARTS).fill(0);
  const documents = new Map<number, number>();
  for (const firing of firings) {
    positions[partOf(text, firing.position)]!++;
    const document = documentOf(text, firing);
    documents.set(document, (documents.get(document) ?? 0) + 1);
  }
  return {
    positions,
    sources: [firings.length],
    documents: documents.size,
    topDocuments: [...documents]
      .map(([document, count]) => ({ document, count }))
      .sort((a, b) => b.count - a.count)
      .slice(0, 5),
  };
}

/** The manifest's part about the whole text. */
export function fixtureTextPlaces(text: FixtureText): TextPlacesRecord {
  const positionTokens = new Array<number>(PARTS).fill(0);
  text.tokens.forEach((token, at) => {
    if (token !== BOS) positionTokens[partOf(text, at % text.contextSize)]!++;
  });
  const tokens = positionTokens.reduce((a, b) => a + b, 0);
  return { positionTokens, sources: [{ name: "fixture", tokens }] };
}

function partOf(text: FixtureText, position: number): number {
  return Math.floor((PARTS * position) / text.contextSize);
}

/** Segments are in order of sequence and start. */
function documentOf(text: FixtureText, { sequence, position }: Place): number {
  let low = 0;
  let high = text.segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { sequence: s, start } = text.segments[middle]!;
    if (s < sequence || (s === sequence && start <= position)) low = middle + 1;
    else high = middle;
  }
  return text.segments[low - 1]!.document;
}

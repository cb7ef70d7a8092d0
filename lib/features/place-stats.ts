import type { PlacesRecord } from "#lib/db/records";
import type { SequenceFirings } from "./sequence-firings";
import { POSITION_PARTS, type TextPlaces } from "./text-places";

/** Documents kept a feature. */
const TOP_DOCUMENTS = 5;
const NONE = 0xffffffff;

/**
 * Where each feature fires: exact counts by part of the sequence, by source
 * and by document. A document's sequences follow one another, so its count is
 * complete when the next one begins, and the largest few are enough to hold.
 */
export class PlaceStats {
  private readonly parts: Uint32Array;
  private readonly sources: Uint32Array;
  /** The document being counted, and its firings so far. */
  private readonly document: Uint32Array;
  private readonly inDocument: Uint32Array;
  /** Documents fired in, the one being counted left out. */
  private readonly finished: Uint32Array;
  private readonly topDocuments: Uint32Array;
  private readonly topCounts: Uint32Array;

  constructor(
    dSae: number,
    private readonly places: TextPlaces,
  ) {
    this.parts = new Uint32Array(dSae * POSITION_PARTS);
    this.sources = new Uint32Array(dSae * places.sources.length);
    this.document = new Uint32Array(dSae).fill(NONE);
    this.inDocument = new Uint32Array(dSae);
    this.finished = new Uint32Array(dSae);
    this.topDocuments = new Uint32Array(dSae * TOP_DOCUMENTS);
    this.topCounts = new Uint32Array(dSae * TOP_DOCUMENTS);
  }

  /** Takes in entries from … to − 1 of `firings`; sequences come in order. */
  add(
    feature: number,
    firings: SequenceFirings,
    from: number,
    to: number,
  ): void {
    const { places } = this;
    const documents = places.documentsOf(firings.sequence);
    const parts = feature * POSITION_PARTS;
    const sources = feature * places.sources.length;
    for (let i = from; i < to; i++) {
      const position = firings.positions[i]!;
      const document = documents[position]!;
      this.parts[parts + places.partOf(position)]!++;
      this.sources[sources + places.sourceOf[document]!]!++;
      if (document !== this.document[feature]) {
        this.finish(feature);
        this.document[feature] = document;
      }
      this.inDocument[feature]!++;
    }
  }

  /** Ranks the document that was being counted among the largest. */
  private finish(feature: number): void {
    const count = this.inDocument[feature]!;
    if (count === 0) return;
    this.inDocument[feature] = 0;
    this.finished[feature]!++;
    const first = feature * TOP_DOCUMENTS;
    let at = first + TOP_DOCUMENTS;
    // Of equals, the one that came first stays ahead.
    while (at > first && count > this.topCounts[at - 1]!) at--;
    if (at === first + TOP_DOCUMENTS) return;
    this.topCounts.copyWithin(at + 1, at, first + TOP_DOCUMENTS - 1);
    this.topDocuments.copyWithin(at + 1, at, first + TOP_DOCUMENTS - 1);
    this.topCounts[at] = count;
    this.topDocuments[at] = this.document[feature]!;
  }

  /**
   * The source in which the feature fires most often for its size; 0 for a dead
   * feature.
   *
   * @param tokens tokens read of each source
   */
  mainSource(feature: number, tokens: readonly number[]): number {
    const base = feature * tokens.length;
    const rate = (i: number) => this.sources[base + i]! / (tokens[i]! || 1);
    return tokens.reduce((best, _, i) => (rate(i) > rate(best) ? i : best), 0);
  }

  record(feature: number): PlacesRecord {
    this.finish(feature);
    const { sources } = this.places;
    const row = (values: Uint32Array, width: number) =>
      Array.from(values.subarray(feature * width, (feature + 1) * width));
    const counts = row(this.topCounts, TOP_DOCUMENTS);
    return {
      positions: row(this.parts, POSITION_PARTS),
      sources: row(this.sources, sources.length),
      documents: this.finished[feature]!,
      topDocuments: row(this.topDocuments, TOP_DOCUMENTS)
        .map((document, i) => ({ document, count: counts[i]! }))
        .filter(({ count }) => count > 0),
    };
  }
}

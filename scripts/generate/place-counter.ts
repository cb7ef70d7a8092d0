import type { PlacesRecord } from "#lib/db/records";
import { POSITION_PARTS } from "#lib/features/text-places";
import type { Firings } from "./firings";
import type { GeneratedText } from "./generated-text";

const TOP_DOCUMENTS = 5;

/** Counts where a feature's firings are: part of the sequence, source, document. */
export class PlaceCounter {
  private readonly inDocument: Uint32Array;
  private readonly partOf: Uint8Array;
  private readonly sourceTokens: number[];

  constructor(private readonly text: GeneratedText) {
    const { places, corpus } = text;
    this.inDocument = new Uint32Array(places.sourceOf.length);
    this.partOf = Uint8Array.from({ length: corpus.contextSize }, (_, p) =>
      places.partOf(p),
    );
    const all = Uint32Array.from({ length: corpus.sequences }, (_, i) => i);
    this.sourceTokens = places.count(all).sources.map((s) => s.tokens);
  }

  count({ at, count }: Firings): PlacesRecord {
    const { places, documentOf, corpus } = this.text;
    const { contextSize } = corpus;
    const parts = new Uint32Array(POSITION_PARTS);
    const sources = places.sources.map(() => 0);
    const documents: number[] = [];
    for (let i = 0; i < count; i++) {
      const place = at[i]!;
      parts[this.partOf[place % contextSize]!]!++;
      const document = documentOf[place]!;
      sources[places.sourceOf[document]!]!++;
      if (this.inDocument[document]!++ === 0) documents.push(document);
    }
    const topDocuments = this.largest(documents);
    for (const document of documents) this.inDocument[document] = 0;
    const positions = Array.from(parts);
    return { positions, sources, documents: documents.length, topDocuments };
  }

  /** The few that were counted most; sorting them all would take longest. */
  private largest(documents: readonly number[]): PlacesRecord["topDocuments"] {
    const best: PlacesRecord["topDocuments"] = [];
    for (const document of documents) {
      const count = this.inDocument[document]!;
      if (best.length === TOP_DOCUMENTS && count <= best.at(-1)!.count)
        continue;
      let place = best.length;
      while (place > 0 && best[place - 1]!.count < count) place--;
      best.splice(place, 0, { document, count });
      if (best.length > TOP_DOCUMENTS) best.pop();
    }
    return best;
  }

  /** The source with most firings for its size. */
  mainSource({ sources }: PlacesRecord): number {
    const rate = (i: number) => sources[i]! / (this.sourceTokens[i]! || 1);
    return sources.reduce((best, _, i) => (rate(i) > rate(best) ? i : best), 0);
  }
}

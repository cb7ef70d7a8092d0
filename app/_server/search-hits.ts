import type { Marked, SearchHit } from "#lib/contract/index";
import {
  markPatterns,
  type Found,
  type Hit,
  type IndexReader,
  type Place,
  type Run,
} from "#lib/db/index";
import { decode, tokenTexts } from "#lib/gpt2/index";
import { oneToken } from "./features";
import type { OwnTextRun } from "./own-text-set";

/** Says why features were found, in words and with the words marked. */
export class HitWriter {
  private readonly labels: Map<number, string>;

  constructor(
    reader: IndexReader,
    private readonly found: Found,
    private readonly ownText: OwnTextRun | undefined,
  ) {
    const ids = found.features.flatMap(({ hits }) =>
      hits.flatMap((hit) => (hit.kind === "label" ? [hit.id] : [])),
    );
    this.labels = ids.length === 0 ? new Map() : reader.labelTexts(ids);
  }

  /** @param firings of the feature in all */
  write(feature: number, hit: Hit, firings: number): SearchHit[] {
    switch (hit.kind) {
      case "near": {
        const { contexts, example } = hit;
        const snippet = this.markedContext(example);
        return [{ kind: "near", contexts, snippet }];
      }
      case "fires": {
        const { contexts, example, runs } = hit;
        const snippet = markedTokens(example, runs);
        return [{ kind: "fires", contexts, snippet }];
      }
      case "token": {
        const share = hit.firings / firings;
        const token = oneToken(hit.token);
        return [{ kind: "token", token, firings: hit.firings, share }];
      }
      case "promotes":
      case "suppresses":
        return [{ ...hit, token: oneToken(hit.token) }];
      case "label": {
        const text = this.labels.get(hit.id) ?? "";
        const snippet = hit.mark(text);
        return [{ kind: "label", labels: hit.labels, snippet }];
      }
      case "like":
        return [hit];
      case "text":
        return [{ kind: "text", ...this.ownText!.firings.get(feature)! }];
      case "feature":
        return [];
    }
  }

  /** The text round the peak, with the words and the peak marked. */
  private markedContext({ tokens, peak }: Place): Marked[] {
    const text = decode(tokens);
    const start = decode(tokens.subarray(0, peak)).length;
    const end = decode(tokens.subarray(0, peak + 1)).length;
    const parts: Marked[] = [];
    let at = 0;
    for (const { text: piece, hit } of markPatterns(
      text,
      this.found.patterns,
    )) {
      // The peak's ends cut pieces in two, or three.
      const cuts = [start - at, end - at].filter(
        (cut) => cut > 0 && cut < piece.length,
      );
      let from = 0;
      for (const to of [...cuts, piece.length]) {
        const inPeak = at + from >= start && at + to <= end;
        parts.push({
          text: piece.slice(from, to),
          hit,
          ...(inPeak && { peak: true }),
        });
        from = to;
      }
      at += piece.length;
    }
    return parts;
  }
}

/** The tokens round the peak; those of one of the runs are hits. */
function markedTokens({ tokens, peak }: Place, runs: readonly Run[]): Marked[] {
  const hits = new Uint8Array(tokens.length);
  for (const run of runs) {
    for (let first = peak - run.length + 1; first <= peak; first++) {
      if (first < 0 || first + run.length > tokens.length) continue;
      const here = Array.from(run).every((id, i) => tokens[first + i] === id);
      if (here) hits.fill(1, first, first + run.length);
    }
  }
  return tokenTexts(tokens)
    .map(({ text }, i) => ({
      text,
      hit: hits[i] === 1,
      ...(i === peak && { peak: true }),
    }))
    .filter(({ text }) => text !== "");
}

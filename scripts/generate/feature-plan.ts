import { BOS } from "#lib/corpus/index";
import { Rng } from "#lib/random";
import type { GeneratedText } from "./generated-text";

/** What a generated feature fires on. */
export interface FeaturePlan {
  /** Tokens watched for, and how strongly each makes it fire; none: dead. */
  watched: Map<number, number>;
  /** Share of the sequences in which it fires at all. */
  sequences: number;
  scale: number;
  /** Tokens that stand near those it fires on. */
  theme: number[];
}

/** Shares of the features that never fire, and that fire nearly everywhere. */
const DEAD = 0.03;
const DENSE = 0.001;
/** log10 of the others' densities is normal. */
const LOG_MEAN = -4.1;
const LOG_DEVIATION = 0.7;
const MOST = 0.08;
/** A live feature fires a few times in any text. */
const FEWEST = 3;
/** Of the watched tokens in a sequence it fires in. */
export const KEPT = 0.9;
const MAX_WATCHED = 48;
/** Tokens that a dense feature fires on. */
const DENSE_WATCHED = 300;
const CANDIDATES = 8;

/** Plans features so that those of one cluster fire on one passage's tokens. */
export class FeaturePlanner {
  private readonly frequent: number[];

  constructor(
    private readonly text: GeneratedText,
    private readonly seed: number,
  ) {
    this.frequent = text.frequent(DENSE_WATCHED);
  }

  plan(feature: number, cluster: number): FeaturePlan {
    const rng = Rng.of(this.seed, 4, feature);
    const theme = this.passage(cluster);
    const scale = 2 * Math.exp(0.8 * rng.normal());
    const kind = rng.uniform();
    if (kind < DEAD) return { watched: new Map(), sequences: 0, scale, theme };
    const dense = kind < DEAD + DENSE;
    const density = dense
      ? 0.11 + 0.3 * rng.uniform() ** 2
      : Math.min(MOST, 10 ** (LOG_MEAN + LOG_DEVIATION * rng.normal()));
    const wanted = Math.max(FEWEST, density * this.text.measured);
    const watched = dense
      ? new Map(this.frequent.map((token) => [token, weight(rng)]))
      : this.watch(theme, wanted, rng);
    let there = 0;
    for (const token of watched.keys()) there += this.text.count(token);
    const sequences = Math.min(1, wanted / (KEPT * there));
    return { watched, sequences, scale, theme };
  }

  /** Tokens of the theme that occur about as often as is wanted. */
  private watch(
    theme: readonly number[],
    wanted: number,
    rng: Rng,
  ): Map<number, number> {
    const watched = new Map<number, number>();
    let there = 0;
    for (let i = 0; i < MAX_WATCHED && KEPT * there < wanted; i++) {
      const missing = Math.max(1, wanted / KEPT - there);
      const distance = (token: number) =>
        Math.abs(Math.log(this.text.count(token) / missing));
      let best = theme[rng.below(theme.length)]!;
      for (let c = 1; c < CANDIDATES; c++) {
        const other = theme[rng.below(theme.length)]!;
        if (distance(other) < distance(best)) best = other;
      }
      // A passage may hold only tokens too rare.
      if (watched.has(best)) {
        best = this.frequent[rng.below(this.frequent.length)]!;
        if (watched.has(best)) continue;
      }
      watched.set(best, watched.size === 0 ? 1 : weight(rng));
      there += this.text.count(best);
    }
    return watched;
  }

  /** Tokens of a sequence that is the cluster's own. */
  private passage(cluster: number): number[] {
    const { tokens, contextSize, sequences } = this.text.corpus;
    const rng = Rng.of(this.seed, 5, cluster);
    const from = rng.below(sequences) * contextSize;
    const passage = tokens.subarray(from, from + contextSize);
    return Array.from(passage).filter((token) => token !== BOS);
  }
}

/** As float32, in which it is kept elsewhere. */
const weight = (rng: Rng) => Math.fround(0.3 + 0.7 * rng.uniform());

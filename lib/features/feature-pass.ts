import { AppError } from "#lib/errors";
import type { SparseCode } from "#lib/compute/index";
import { CoFirings } from "./co-firings";
import { FiringStats } from "./firing-stats";
import { Histogram } from "./histogram";
import { PlaceStats } from "./place-stats";
import type { QuizPool } from "./quiz/index";
import { QuantileSample } from "./quantile-sample";
import { SequenceFirings } from "./sequence-firings";
import type { TextPlaces } from "./text-places";
import { TokenStats } from "./token-stats";
import { TopContexts } from "./top-contexts";

export interface FeaturePassOptions {
  dSae: number;
  contextSize: number;
  places: TextPlaces;
  /** Top contexts kept a feature. */
  top: number;
  /** Firing tokens sampled a feature, to be cut into quantiles. */
  sample: number;
  /** Where it is kept which features are silent, for quizzes. */
  pool: QuizPool;
  seed: number;
}

/**
 * Everything that is learnt about the features while the corpus streams by.
 * Its memory depends on dSae and on what is kept a feature, not on the corpus.
 */
export class FeaturePass {
  readonly stats: FiringStats;
  readonly histogram: Histogram;
  readonly top: TopContexts;
  readonly sample: QuantileSample;
  readonly tokenStats: TokenStats;
  readonly places: PlaceStats;
  readonly coFirings: CoFirings;
  readonly pool: QuizPool;
  /** Tokens seen, BOS excluded. */
  tokens = 0;
  /** Activations seen. */
  firings = 0;
  private readonly group: SequenceFirings;
  private readonly contextSize: number;

  constructor(options: FeaturePassOptions) {
    const { dSae } = options;
    this.contextSize = options.contextSize;
    this.group = new SequenceFirings(dSae);
    this.stats = new FiringStats(dSae);
    this.histogram = new Histogram(dSae);
    this.top = new TopContexts(dSae, options.top);
    this.sample = new QuantileSample(dSae, options.sample, options.seed);
    this.tokenStats = new TokenStats(dSae);
    this.places = new PlaceStats(dSae, options.places);
    this.coFirings = new CoFirings(dSae);
    this.pool = options.pool;
  }

  /**
   * Takes in a batch of sequences, later ones of the corpus after earlier ones.
   *
   * @param sequences their rows in the packed corpus
   * @param tokens their token ids, [sequences × contextSize]
   * @param code their activations, one row a token, BOS included
   */
  add(
    sequences: ArrayLike<number>,
    tokens: Uint16Array,
    code: SparseCode,
  ): void {
    if (code.rows !== tokens.length) {
      throw new AppError(
        "internal",
        `The encoder answered ${code.rows} rows for ${tokens.length} tokens.`,
      );
    }
    const { group, contextSize } = this;
    for (let s = 0; s < sequences.length; s++) {
      const from = s * contextSize;
      const text = tokens.subarray(from, from + contextSize);
      group.load(sequences[s]!, text, code, from);
      this.coFirings.add(text, code, from);
      this.tokens += group.tokenCount;
      this.firings += group.starts[group.runs]!;
      const pooled = this.pool.row(group.sequence);
      for (let r = 0; r < group.runs; r++) {
        const feature = group.features[r]!;
        const start = group.starts[r]!;
        const end = group.starts[r + 1]!;
        this.stats.add(feature, group, start, end);
        this.histogram.add(feature, group, start, end);
        this.top.add(feature, group, start, end);
        this.sample.add(feature, group, start, end);
        this.tokenStats.add(feature, group, start, end);
        this.places.add(feature, group, start, end);
        if (pooled !== undefined) {
          this.pool.add(feature, group, start, end, pooled);
        }
      }
    }
  }
}

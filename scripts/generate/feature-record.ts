import type {
  FeatureRecord,
  HistogramRecord,
  LogitHistogramRecord,
  LogitRecord,
  MomentsRecord,
} from "#lib/db/records";
import { describeQuiz, KEEP, QuizPool } from "#lib/features/index";
import { VOCABULARY_SIZE } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import type { Clusters } from "./clusters";
import type { FeaturePlan } from "./feature-plan";
import type { Firings } from "./firings";
import type { GeneratedText } from "./generated-text";
import { PlaceCounter } from "./place-counter";
import { drawSample, sampleExamples, strongestSequences } from "./examples";

export interface ExampleCounts {
  /** Top contexts a feature. */
  top: number;
  perQuantile: number;
}

const HISTOGRAM_BINS = 64;

/** Describes generated features as the index builder describes real ones. */
export class FeatureRecords {
  private readonly counter: PlaceCounter;
  /** Of one feature at a time: only its own silence is known here. */
  private readonly pool: QuizPool;

  constructor(
    private readonly text: GeneratedText,
    private readonly clusters: Clusters,
    private readonly options: {
      seed: number;
      dIn: number;
      examples: ExampleCounts;
    },
  ) {
    this.counter = new PlaceCounter(text);
    const { corpus } = text;
    const all = Uint32Array.from({ length: corpus.sequences }, (_, i) => i);
    this.pool = new QuizPool(corpus, all, 1);
  }

  /**
   * @param firings those of the feature
   * @returns its record, and the number of the source it fires in most.
   */
  describe(
    index: number,
    plan: FeaturePlan,
    firings: Firings,
  ): { record: FeatureRecord; source: number } {
    const { seed, dIn, examples } = this.options;
    const rng = Rng.of(seed, 6, index);
    const { count } = firings;
    const moments = momentsOf(firings);
    const sample = drawSample(firings, KEEP.sample, rng);
    const places = this.counter.count(firings);
    const described: Omit<FeatureRecord, "quiz"> = {
      index,
      firingCount: count,
      meanActivation: moments.mean,
      maxActivation: moments.max,
      moments: moments.shape,
      histogram: histogram(firings, moments.max),
      topTokens: [...firings.byToken]
        .map(([tokenId, { count: n, sum }]) => ({
          tokenId,
          count: n,
          mean: sum / n,
        }))
        .sort((a, b) => b.count - a.count || a.tokenId - b.tokenId)
        .slice(0, KEEP.topTokens),
      ...this.effects(plan, rng),
      neighbours: this.clusters
        .others(index, KEEP.neighbours)
        .map((feature, i) => ({
          feature,
          cosine: 0.92 * Math.exp(-(i + rng.uniform()) / 18),
        })),
      coFiring: {
        tokens: this.text.measured,
        firings: count,
        features: this.clusters
          .others(index, count === 0 ? 0 : KEEP.coFiring)
          .map((feature, i) => ({
            feature,
            count: Math.ceil(count / (i + 2)),
            correlation: 0.6 / (i + 1.5 + rng.uniform()),
          })),
      },
      places,
      basis: basis(rng, dIn),
      encoderDecoderCosine: 0.4 + 0.6 * rng.uniform(),
      examples: [
        ...strongestSequences(firings, this.text, examples.top),
        ...sampleExamples(
          sample,
          firings,
          this.text,
          examples.perQuantile,
          rng,
        ),
      ],
      sample: this.placed(sample),
    };
    const quiz = this.quiz(described, sample, firings);
    const record = { ...described, quiz };
    return { record, source: this.counter.mainSource(places) };
  }

  private quiz(
    described: Omit<FeatureRecord, "quiz">,
    sample: { at: number[] },
    firings: Firings,
  ): FeatureRecord["quiz"] {
    const { contextSize } = this.text.corpus;
    this.pool.clear();
    for (let i = 0; i < firings.count; i++) {
      const at = firings.at[i]!;
      const row = this.pool.row(Math.floor(at / contextSize));
      if (row !== undefined) this.pool.mark(0, row, at % contextSize);
    }
    const around = (i: number) =>
      firings.inSequence(Math.floor(sample.at[i]! / contextSize));
    const { seed } = this.options;
    return describeQuiz(this.pool, described, { around, seed });
  }

  private effects(plan: FeaturePlan, rng: Rng) {
    const near = plan.theme;
    const { tokens } = this.text.corpus;
    const spread = 0.05 * Math.exp(0.5 * rng.normal());
    const range = 2 ** Math.ceil(Math.log2(8 * spread));
    return {
      positiveLogits: logits(rng, spread, () => near[rng.below(near.length)]!),
      negativeLogits: logits(rng, -spread, () => {
        return tokens[rng.below(tokens.length)]!;
      }),
      logitHistogram: bell(range, spread),
    };
  }

  private placed({ at, values }: { at: number[]; values: number[] }) {
    const { contextSize } = this.text.corpus;
    return {
      sequences: Uint32Array.from(at, (a) => Math.floor(a / contextSize)),
      positions: Uint16Array.from(at, (a) => a % contextSize),
      values: Float32Array.from(values),
    };
  }
}

function momentsOf({ values, count }: Firings): {
  mean: number;
  max: number;
  shape: MomentsRecord;
} {
  let sum = 0;
  let max = 0;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    sum += value;
    if (value > max) max = value;
  }
  const mean = count === 0 ? 0 : sum / count;
  const powers = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const d = values[i]! - mean;
    powers[0]! += d * d;
    powers[1]! += d * d * d;
    powers[2]! += d * d * d * d;
  }
  const [m2, m3, m4] = powers.map((p) => p / Math.max(1, count));
  const constant = !(m2! > 0);
  return {
    mean,
    max,
    shape: {
      variance: m2!,
      skewness: constant ? null : m3! / m2! ** 1.5,
      kurtosis: constant ? null : m4! / m2! ** 2,
    },
  };
}

function histogram({ values, count }: Firings, max: number): HistogramRecord {
  if (count === 0) return { binWidth: 0, counts: [] };
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  const binWidth = max / HISTOGRAM_BINS;
  for (let i = 0; i < count; i++) {
    const bin = Math.ceil(values[i]! / binWidth) - 1;
    counts[Math.min(HISTOGRAM_BINS - 1, bin)]!++;
  }
  return { binWidth, counts };
}

/** Different tokens, the strongest effect first. */
function logits(rng: Rng, spread: number, draw: () => number): LogitRecord[] {
  const tokens = new Set<number>();
  // A passage may have few different tokens.
  for (let i = 0; i < 100 && tokens.size < KEEP.logits; i++) tokens.add(draw());
  return Array.from(tokens, (tokenId, i) => ({
    tokenId,
    value: spread * (7 - 0.3 * i - 0.2 * rng.uniform()),
  }));
}

/** Counts of a normal distribution over the whole vocabulary. */
function bell(range: number, deviation: number): LogitHistogramRecord {
  const binWidth = range / 32;
  const counts = Array.from({ length: 64 }, (_, i) => {
    const z = ((i - 31.5) * binWidth) / deviation;
    const density = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
    return Math.round((VOCABULARY_SIZE * density * binWidth) / deviation);
  });
  return { min: -range, binWidth, counts };
}

function basis(rng: Rng, dIn: number): FeatureRecord["basis"] {
  return [0.31, 0.22, 0.17].map((weight) => ({
    dimension: rng.below(dIn),
    weight: (rng.uniform() < 0.5 ? -1 : 1) * weight,
  }));
}

import type {
  BasisRecord,
  FeatureRecord,
  NeighbourRecord,
  TextPlacesRecord,
} from "#lib/db/records";
import type { FeaturePass } from "./feature-pass";
import type { IndexFeaturesOptions, KeepOptions } from "./index-features";
import { LogitEffects } from "./logit-effects";
import type { LogitEffect } from "./logit-effects";
import { encoderDecoderCosines, Neighbours } from "./neighbours";
import { strongestDimensions } from "./basis";
import { describeQuiz } from "./quiz/index";
import { drawAtlas } from "./atlas/index";

/**
 * Adds what the weights alone tell (logit effects, neighbours), writes one
 * record a feature, in index order, and the map of them all.
 */
export async function writeFeatures(
  pass: FeaturePass,
  keep: KeepOptions,
  places: TextPlacesRecord,
  options: IndexFeaturesOptions,
): Promise<{ live: number; examples: number }> {
  const { sae, writer, signal, threads, onProgress } = options;
  const { dIn, dSae } = sae.config;
  const sourceTokens = places.sources.map((s) => s.tokens);
  const cosines = encoderDecoderCosines(sae.W_enc, sae.W_dec, dIn);
  const effects = await LogitEffects.create(
    options.unembedding,
    keep.logits,
    threads,
  );
  const neighbours = await Neighbours.create(
    sae.W_dec,
    dIn,
    keep.neighbours,
    threads,
  );
  const blockRows = Math.min(effects.blockRows, neighbours.blockRows);
  let live = 0;
  let examples = 0;
  const allNear: NeighbourRecord[][] = [];
  const sources = new Uint16Array(dSae);
  pass.coFirings.close();
  try {
    for (let first = 0; first < dSae; first += blockRows) {
      signal?.throwIfAborted();
      const rows = Math.min(blockRows, dSae - first);
      const decoder = sae.W_dec.subarray(first * dIn, (first + rows) * dIn);
      const logits = await effects.block(decoder, rows);
      const near = await neighbours.block(first, rows);
      for (let r = 0; r < rows; r++) {
        const index = first + r;
        const described = describe(pass, keep, index, {
          logits: logits[r]!,
          neighbours: near[r]!,
          cosine: cosines[index]!,
          basis: strongestDimensions(decoder.subarray(r * dIn, (r + 1) * dIn)),
        });
        const record: FeatureRecord = {
          ...described,
          quiz: describeQuiz(pass.pool, described, {
            around: pass.sample.around(index),
            seed: options.seed,
          }),
        };
        allNear.push(near[r]!);
        sources[index] = pass.places.mainSource(index, sourceTokens);
        if (record.firingCount > 0) live++;
        examples += record.examples.length;
        writer.addFeature(record);
      }
      onProgress?.({ step: "features", done: first + rows, total: dSae });
    }
  } finally {
    await effects.dispose();
    await neighbours.dispose();
  }
  const map = drawAtlas({
    W_dec: sae.W_dec,
    dIn,
    neighbours: allNear,
    live: (feature) => pass.stats.count(feature) > 0,
    seed: options.seed,
  });
  writer.addAtlas(map, sources);
  return { live, examples };
}

function describe(
  pass: FeaturePass,
  keep: KeepOptions,
  index: number,
  weights: {
    logits: LogitEffect;
    neighbours: NeighbourRecord[];
    /** Encoder–decoder cosine. */
    cosine: number;
    basis: BasisRecord[];
  },
): Omit<FeatureRecord, "quiz"> {
  const top = pass.top.records(index);
  const sample = pass.sample.records(
    index,
    keep.perQuantile,
    top.map((example) => example.sequence),
  );
  return {
    index,
    firingCount: pass.stats.count(index),
    meanActivation: pass.stats.mean(index),
    maxActivation: pass.stats.max(index),
    moments: pass.stats.moments(index),
    histogram: pass.histogram.record(index),
    topTokens: pass.tokenStats.records(index, keep.topTokens),
    positiveLogits: weights.logits.positive,
    negativeLogits: weights.logits.negative,
    logitHistogram: weights.logits.histogram,
    neighbours: weights.neighbours,
    coFiring: pass.coFirings.record(index, keep.coFiring),
    places: pass.places.record(index),
    basis: weights.basis,
    encoderDecoderCosine: weights.cosine,
    examples: [...top, ...sample],
    sample: pass.sample.drawn(index),
  };
}

import type { FeatureRecord, NeighbourRecord } from "#lib/db/records";
import type { FeaturePass } from "./feature-pass";
import type { IndexFeaturesOptions, KeepOptions } from "./index-features";
import { LogitEffects } from "./logit-effects";
import type { LogitEffect } from "./logit-effects";
import { encoderDecoderCosines, Neighbours } from "./neighbours";

/**
 * Adds what the weights alone tell (logit effects, neighbours) and writes one
 * record a feature, in index order.
 */
export async function writeFeatures(
  pass: FeaturePass,
  keep: KeepOptions,
  options: IndexFeaturesOptions,
): Promise<{ live: number; examples: number }> {
  const { sae, writer, signal, threads, onProgress } = options;
  const { dIn, dSae } = sae.config;
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
  try {
    for (let first = 0; first < dSae; first += blockRows) {
      signal?.throwIfAborted();
      const rows = Math.min(blockRows, dSae - first);
      const decoder = sae.W_dec.subarray(first * dIn, (first + rows) * dIn);
      const logits = await effects.block(decoder, rows);
      const near = await neighbours.block(first, rows);
      for (let r = 0; r < rows; r++) {
        const index = first + r;
        const record = describe(pass, keep, index, {
          logits: logits[r]!,
          neighbours: near[r]!,
          cosine: cosines[index]!,
        });
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
  },
): FeatureRecord {
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
    histogram: pass.histogram.record(index),
    topTokens: pass.tokenStats.records(index, keep.topTokens),
    positiveLogits: weights.logits.positive,
    negativeLogits: weights.logits.negative,
    neighbours: weights.neighbours,
    encoderDecoderCosine: weights.cosine,
    examples: [...top, ...sample],
  };
}

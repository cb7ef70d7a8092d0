import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ARCHITECTURES,
  dictionaryRecovery,
  loadSae,
  plantedDictionary,
  PRESETS,
  presetTraining,
  trainSae,
  type Architecture,
  type TrainingConfig,
} from "#lib/sae/index";

/**
 * What differs from an architecture's usual settings: JumpReLU's thresholds
 * follow directions that are still being found instead of running ahead of
 * them, and latents that found none start afresh.
 */
const SETTINGS: Partial<Record<Architecture, Partial<TrainingConfig>>> = {
  jumprelu: {
    bandwidth: 1,
    initialL0: 12,
    thresholdLrScale: 0.3,
    deadLatents: "resample",
    deadAfterTokens: 20_000,
    epochs: 2,
  },
};

/** Trains each architecture on a planted dictionary and compares the two. */
export async function benchRecovery(
  quick: boolean,
  signal: AbortSignal,
  say: (line: string) => void,
) {
  const source = plantedDictionary({
    dIn: 128,
    features: 512,
    active: 5,
    sequences: quick ? 32 : 16_384,
    rows: 64,
    seed: 0,
  });
  const results: { arch: Architecture; mmcs: number; recovered: number }[] = [];
  for (const arch of ARCHITECTURES) {
    signal.throwIfAborted();
    const folder = await mkdtemp(join(tmpdir(), "monolex-recovery-"));
    try {
      await trainSae({
        config: {
          ...presetTraining(PRESETS.demo, arch, 5),
          dIn: source.dIn,
          dSae: 1024,
          lr: 3e-3,
          batchSize: quick ? 256 : 1024,
          bufferTokens: quick ? 1024 : 65_536,
          maxTokens: null,
          epochs: 3,
          ...SETTINGS[arch],
          ...(quick ? { epochs: 1 } : {}),
        },
        identity: {
          modelName: "planted",
          hookName: "blocks.0.hook_resid_pre",
          contextSize: 64,
          corpusName: "planted",
        },
        source,
        folder,
        checkpointSeconds: Infinity,
        signal,
      });
      signal.throwIfAborted();
      const found = dictionaryRecovery(source, (await loadSae(folder)).W_dec);
      results.push({ arch, ...found });
      say(
        `recovery  ${arch}: MMCS ${found.mmcs.toFixed(3)}, ${found.recovered} of 512 recovered`,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return results;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EngineError, loadDevice } from "#lib/compute/index";
import { TfjsTrainer } from "#lib/sae/dense/tfjs-trainer";
import {
  ARCHITECTURES,
  loadSae,
  trainSae,
  type SaeTrainer,
  type TrainingConfig,
  type TrainOptions,
} from "#lib/sae/index";
import { expectClose } from "#test/tolerance";
import {
  PLANTED_IDENTITY,
  plantedSource,
  SMALL_RUN,
  smallRunConfig,
} from "./planted-source";

const FAILS_AT = 7;
const STEPS = 16;

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "monolex-fallback-"));
});
afterAll(() => rm(root, { recursive: true }));

/** A device that is lost in the middle of the run. */
async function failingTrainer(config: TrainingConfig): Promise<SaeTrainer> {
  const trainer = await TfjsTrainer.create(config, await loadDevice("cpu"));
  const step = trainer.step.bind(trainer);
  let taken = 0;
  trainer.step = (...args) => {
    if (taken++ === FAILS_AT) {
      throw new EngineError("cpu", new Error("device lost"));
    }
    return step(...args);
  };
  return trainer;
}

it.each(ARCHITECTURES)(
  "a run whose device is lost goes on with the other engine: %s",
  async (architecture) => {
    const config = smallRunConfig({
      architecture,
      maxTokens: STEPS * SMALL_RUN.batchSize,
      // Dead latents are drawn anew by rank of error: a tie would part them.
      deadLatents: "none",
    });
    const run = (name: string, options: Partial<TrainOptions> = {}) =>
      trainSae({
        config,
        identity: PLANTED_IDENTITY,
        source: plantedSource(SMALL_RUN.source),
        folder: join(root, architecture, name),
        threads: 1,
        checkpointSeconds: 0,
        ...options,
      });

    const broken = run("broken", { createTrainer: failingTrainer });
    await expect(broken).rejects.toThrow("device lost");
    let resumedAt = -1;
    await run("broken", { onStart: (info) => (resumedAt = info.resumedAt) });
    expect(resumedAt).toBe(FAILS_AT);

    await run("whole");
    const mixed = await loadSae(join(root, architecture, "broken"));
    const whole = await loadSae(join(root, architecture, "whole"));
    for (const name of ["W_enc", "W_dec", "b_enc", "b_dec"] as const) {
      expectClose(mixed[name], whole[name], 1e-3);
    }
  },
);

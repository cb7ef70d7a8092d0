// Trains SMALL_RUN in the folder named on the command line, with a checkpoint
// after every step, and prints each step: the parent kills it where it likes.
import { SMALL_RUN, plantedSource } from "./planted-source";
import { plainConfig } from "./problem";
import { trainSae } from "#lib/sae/index";

const source = plantedSource(SMALL_RUN.source);
await trainSae({
  config: plainConfig({
    architecture: "topk",
    dIn: source.dIn,
    dSae: SMALL_RUN.dSae,
    k: SMALL_RUN.k,
    batchSize: SMALL_RUN.batchSize,
    bufferTokens: SMALL_RUN.bufferTokens,
    epochs: SMALL_RUN.epochs,
    unitNormDecoder: true,
    normalize: true,
    auxCoefficient: 1 / 32,
    auxK: 8,
    deadAfterTokens: 256,
    lr: 3e-3,
    lrWarmupSteps: 5,
    lrDecayFraction: 0.2,
  }),
  identity: {
    modelName: "planted",
    hookName: "blocks.0.hook_resid_pre",
    contextSize: 11,
    corpusName: "planted",
  },
  source,
  folder: process.argv[2]!,
  threads: 2,
  checkpointSeconds: 0,
  onStep: (_, step) => {
    process.stdout.write(`${step}\n`);
  },
});

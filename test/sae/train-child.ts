// Trains SMALL_RUN in the folder named on the command line, with a checkpoint
// after every step, and prints each step: the parent kills it where it likes.
import {
  PLANTED_IDENTITY,
  plantedSource,
  SMALL_RUN,
  smallRunConfig,
} from "./planted-source";
import { trainSae } from "#lib/sae/index";

const source = plantedSource(SMALL_RUN.source);
await trainSae({
  config: smallRunConfig(),
  identity: PLANTED_IDENTITY,
  source,
  folder: process.argv[2]!,
  threads: 2,
  checkpointSeconds: 0,
  onStep: (_, step) => {
    process.stdout.write(`${step}\n`);
  },
});

/** Times our training step on random inputs: own-train.ts JOB, prints JSON. */
import { availableParallelism } from "node:os";
import { onnxEngine } from "#lib/compute/index";
import { Rng } from "#lib/random";
import {
  architectureSettings,
  PRESETS,
  randomUnitRows,
  SparseTrainer,
  type TrainingConfig,
} from "#lib/sae/index";
import { bareProductSpeed } from "./bare-product";
import { median } from "./median";
import { TimedEngine } from "./timed-engine";
import type { TrainJob } from "./train";

const job = JSON.parse(process.argv[2]!) as TrainJob;
const config: TrainingConfig = {
  ...PRESETS.demo.training,
  ...architectureSettings(job.arch, job.k),
  architecture: job.arch,
  dIn: job.dModel,
  dSae: job.nLatents,
  batchSize: job.batch,
  // The peer's step has none of these.
  deadLatents: "none",
  targetL0: null,
  initialL0: null,
};
const threads = availableParallelism();
const engine = new TimedEngine(onnxEngine({ threads }));
const trainer = await SparseTrainer.create(config, threads, engine);
const rng = Rng.of(1);
for (let i = 0; i < trainer.input.length; i++) trainer.input[i] = rng.normal();
const start = structuredClone(await trainer.snapshot());
const { W_dec, W_enc, b_enc } = start.tensors;
randomUnitRows(W_dec!, job.nLatents, job.dModel, rng);
W_enc!.set(W_dec!);
if (job.arch === "relu_l1") {
  // z of random inputs is standard normal: its tail beyond −b_enc sets L0.
  b_enc!.fill(-normalQuantile(1 - job.k / job.nLatents));
}
await trainer.restore(start);
const seconds: number[] = [];
const l0: number[] = [];
const denseSeconds: number[] = [];
const denseSpeeds: number[] = [];
for (let step = 0; step <= job.steps; step++) {
  engine.reset();
  const began = performance.now();
  const metrics = await trainer.step({ lr: 1e-3, sparsity: 1e-3 });
  seconds.push((performance.now() - began) / 1000);
  l0.push(metrics.l0);
  denseSeconds.push(engine.seconds);
  denseSpeeds.push(engine.rows / engine.seconds);
}
// maxRSS is in KiB; what follows is not part of training.
const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
// Rows of one product as the trainer cuts them.
const rows = Math.min(job.batch, 1024);
const { tensors } = await trainer.snapshot();
const bareSpeed = await bareProductSpeed(
  engine,
  trainer.input.slice(0, rows * job.dModel),
  tensors.W_enc!.slice(),
  tensors.b_enc!.slice(),
);
await trainer.dispose();
if (median(l0) < job.k / 4) {
  throw new Error(`The step ran at an L0 of ${median(l0)}, not near ${job.k}.`);
}
const result = {
  tokensPerSecond: job.batch / median(seconds.slice(1)),
  l0: median(l0.slice(1)),
  encoderEfficiency: median(denseSpeeds.slice(1)) / bareSpeed,
  denseShare: median(
    denseSeconds.map((dense, step) => dense / seconds[step]!).slice(1),
  ),
  peakMemoryBytes,
};
process.stdout.write(JSON.stringify(result), () => process.exit(0));

/** z with P(Z < z) = p > 1/2, by summing the density from 0. */
function normalQuantile(p: number): number {
  let sum = 0.5;
  let z = 0;
  const dz = 1e-4;
  while (sum < p && z < 8) {
    const middle = z + dz / 2;
    sum += (Math.exp((-middle * middle) / 2) / Math.sqrt(2 * Math.PI)) * dz;
    z += dz;
  }
  return z;
}

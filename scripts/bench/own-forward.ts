/** Times our forward pass: own-forward.ts JOB, prints JSON. */
import { readFile, writeFile } from "node:fs/promises";
import { Gpt2 } from "#lib/gpt2/index";
import type { ForwardJob } from "./forward";
import { bytesOf, toInt32 } from "./raw";
import { median } from "./median";

const job = JSON.parse(process.argv[2]!) as ForwardJob;
const model = await Gpt2.load(job.model);
const tokens = toInt32(await readFile(job.tokens));
const hook = `blocks.${job.layer}.hook_resid_pre`;
const seconds: number[] = [];
let residual: Float32Array = new Float32Array();
for (let step = 0; step <= job.steps; step++) {
  const began = performance.now();
  residual = await model.residual(tokens, job.batch, hook);
  seconds.push((performance.now() - began) / 1000);
}
await writeFile(job.residual, bytesOf(residual));
const tokensPerSecond = tokens.length / median(seconds.slice(1));
process.stdout.write(JSON.stringify({ tokensPerSecond }), () =>
  process.exit(0),
);

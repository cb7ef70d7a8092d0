import { z } from "zod";
import { median } from "./median";
import { byTurns, type Peer } from "./peer";

export interface TrainJob {
  arch: "topk" | "relu_l1";
  dModel: number;
  nLatents: number;
  /** relu_l1: the L0 that the biases are set for. */
  k: number;
  batch: number;
  /** Timed steps, after one that is not. */
  steps: number;
}

const Own = z.object({
  tokensPerSecond: z.number(),
  l0: z.number(),
  encoderEfficiency: z.number(),
  denseShare: z.number(),
  peakMemoryBytes: z.number(),
});
const Theirs = z.object({ tokensPerSecond: z.number() });

const JOBS: readonly TrainJob[] = [
  { arch: "topk", dModel: 768, nLatents: 24576, k: 32, batch: 4096, steps: 5 },
  { arch: "topk", dModel: 256, nLatents: 4096, k: 32, batch: 4096, steps: 15 },
  {
    arch: "relu_l1",
    dModel: 768,
    nLatents: 24576,
    k: 64,
    batch: 4096,
    steps: 5,
  },
];
const QUICK: readonly TrainJob[] = [
  { arch: "topk", dModel: 32, nLatents: 256, k: 8, batch: 64, steps: 2 },
  { arch: "relu_l1", dModel: 32, nLatents: 256, k: 8, batch: 64, steps: 2 },
];

/** Training steps per second, ours and PyTorch's by turns; medians. */
export async function benchTrain(
  peer: Peer | null,
  repetitions: number,
  quick: boolean,
  say: (line: string) => void,
) {
  const results = [];
  for (const job of quick ? QUICK : JOBS) {
    const runs = await byTurns(
      peer,
      repetitions,
      { script: "own-train.ts", job },
      { script: "torch_sae.py", job },
    );
    const own = runs.own.map((run) => Own.parse(run));
    const speeds = own.map((o) => o.tokensPerSecond);
    const tokensPerSecond = median(speeds);
    const peerTokensPerSecond =
      runs.peer &&
      median(runs.peer.map((run) => Theirs.parse(run).tokensPerSecond));
    const ratio = peerTokensPerSecond && tokensPerSecond / peerTokensPerSecond;
    const { arch, dModel, nLatents, batch } = job;
    const result = {
      arch,
      dModel,
      nLatents,
      k: arch === "topk" ? job.k : null,
      batch,
      l0: median(own.map((o) => o.l0)),
      tokensPerSecond,
      minTokensPerSecond: Math.min(...speeds),
      maxTokensPerSecond: Math.max(...speeds),
      peerTokensPerSecond,
      ratio,
      encoderEfficiency: median(own.map((o) => o.encoderEfficiency)),
      denseShare: median(own.map((o) => o.denseShare)),
      peakMemoryBytes: Math.max(...own.map((o) => o.peakMemoryBytes)),
    };
    say(
      `train  ${arch} ${dModel} → ${nLatents}, L0 ${result.l0.toFixed(0)}: ${tokensPerSecond.toFixed(0)} tokens/s` +
        (ratio === null ? "" : `, ${ratio.toFixed(2)}× PyTorch`) +
        `, ${percent(result.denseShare)} of it in the product (at ${percent(result.encoderEfficiency)} of its bare speed)` +
        `, peak ${(result.peakMemoryBytes / 1e6).toFixed(0)} MB`,
    );
    results.push(result);
  }
  return results;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { VOCABULARY_SIZE } from "#lib/gpt2/index";
import { Rng } from "#lib/random";
import { median } from "./median";
import { byTurns, type Peer } from "./peer";
import { bytesOf, toFloat32 } from "./raw";

/** What both sides are told. */
export interface ForwardJob {
  /** Folder of the model. */
  model: string;
  /** int32, [batch × length] */
  tokens: string;
  batch: number;
  /** Layers that are run; the hook is the input of the next. */
  layer: number;
  /** Timed steps, after one that is not. */
  steps: number;
  /** Where the residual stream is written, float32. */
  residual: string;
}

/** How far the two residual streams may be apart, relative to their norm. */
const TOLERANCE = 1e-4;
const BATCH = 16;

const Speed = z.object({ tokensPerSecond: z.number() });

/**
 * The forward pass of the model in a folder to a layer's input, ours and
 * PyTorch's by turns; medians.
 *
 * @throws Error if the two do not give the same residual stream.
 */
export async function benchForward(
  peer: Peer | null,
  model: string,
  repetitions: number,
  quick: boolean,
  say: (line: string) => void,
) {
  const folder = await mkdtemp(join(tmpdir(), "monolex-forward-"));
  try {
    const length = quick ? 16 : 128;
    const rng = Rng.of(3);
    const tokens = Int32Array.from({ length: BATCH * length }, () =>
      rng.below(VOCABULARY_SIZE),
    );
    const job = {
      model,
      tokens: join(folder, "tokens.i32"),
      batch: BATCH,
      layer: quick ? 1 : 8,
      steps: quick ? 1 : 7,
    };
    await writeFile(job.tokens, bytesOf(tokens));
    const ours = join(folder, "own.f32");
    const theirs = join(folder, "peer.f32");
    const runs = await byTurns(
      peer,
      repetitions,
      { script: "own-forward.ts", job: { ...job, residual: ours } },
      { script: "torch_gpt2.py", job: { ...job, residual: theirs } },
    );
    const speeds = runs.own.map((run) => Speed.parse(run).tokensPerSecond);
    const tokensPerSecond = median(speeds);
    const peerTokensPerSecond =
      runs.peer && median(runs.peer.map((r) => Speed.parse(r).tokensPerSecond));
    const ratio = peerTokensPerSecond && tokensPerSecond / peerTokensPerSecond;
    const relativeError = peer && (await difference(ours, theirs));
    if (relativeError !== null && !(relativeError <= TOLERANCE)) {
      throw new Error(
        `The residual streams differ by ${relativeError}, relative to their norm.`,
      );
    }
    say(
      `forward  to layer ${job.layer}: ${tokensPerSecond.toFixed(0)} tokens/s` +
        (ratio === null ? "" : `, ${ratio.toFixed(2)}× PyTorch`),
    );
    return [{ tokensPerSecond, peerTokensPerSecond, ratio, relativeError }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** ‖a − b‖ / ‖b‖ of the numbers in two files. */
async function difference(fileA: string, fileB: string): Promise<number> {
  const a = toFloat32(await readFile(fileA));
  const b = toFloat32(await readFile(fileB));
  if (a.length !== b.length) return Infinity;
  let error = 0;
  let square = 0;
  for (let i = 0; i < b.length; i++) {
    error += (a[i]! - b[i]!) ** 2;
    square += b[i]! ** 2;
  }
  return Math.sqrt(error / square);
}

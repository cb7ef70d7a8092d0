import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { ARCHITECTURES } from "#lib/sae/index";

const speed = z.number().positive();
const Document = z.strictObject({
  train: z
    .array(
      z.strictObject({
        arch: z.enum(["topk", "relu_l1"]),
        dModel: z.int(),
        nLatents: z.int(),
        k: z.int().nullable(),
        batch: z.int(),
        l0: z.number().positive(),
        tokensPerSecond: speed,
        minTokensPerSecond: speed,
        maxTokensPerSecond: speed,
        peerTokensPerSecond: speed.nullable(),
        ratio: speed.nullable(),
        encoderEfficiency: speed,
        denseShare: z.number().gt(0).lt(1),
        peakMemoryBytes: speed,
      }),
    )
    .length(2),
  forward: z
    .array(
      z.strictObject({
        tokensPerSecond: speed,
        peerTokensPerSecond: speed.nullable(),
        ratio: speed.nullable(),
        relativeError: z.number().max(1e-4).nullable(),
      }),
    )
    .length(1),
  index: z
    .array(
      z.strictObject({
        nLatents: z.int(),
        tokens: z.int(),
        tokensPerSecond: speed,
        overhead: speed,
        passOverhead: speed,
      }),
    )
    .length(1),
  recovery: z
    .array(
      z.strictObject({
        arch: z.enum(ARCHITECTURES),
        mmcs: z.number().min(0).max(1),
        recovered: z.int().min(0).max(512),
      }),
    )
    .length(ARCHITECTURES.length),
});

test("a quick bench prints one document with every part", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--import", "tsx", "scripts/bench.ts"],
    ...["--quick", "--json", "--repetitions", "1"],
  ]);
  const { train } = Document.parse(JSON.parse(stdout));
  expect(train[0]!.l0, "TopK keeps its k").toBe(8);
}, 120_000);

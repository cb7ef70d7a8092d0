import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { benchForward } from "./bench/forward";
import { findPeer } from "./bench/peer";
import { GPT2_SMALL, GPT2_TINY, writeRandomGpt2 } from "./bench/random-gpt2";
import { benchRecovery } from "./bench/recovery";
import { benchTrain } from "./bench/train";
import { defineCommand, main } from "./_cli/command";

const PARTS = ["train", "forward", "recovery"];

const command = defineCommand({
  name: "bench",
  summary:
    "Measures training and the forward pass beside PyTorch, and how well a planted dictionary is found again.",
  options: {
    only: { type: "string", help: `parts to run, of ${PARTS.join(",")}` },
    recovery: { type: "boolean", help: "short for --only recovery" },
    repetitions: {
      type: "integer",
      default: 5,
      min: 1,
      help: "runs of which the median counts",
    },
    quick: { type: "boolean", help: "tiny sizes: does it run at all?" },
  },
  async run({ options: o, signal, say, result }) {
    const parts = o.recovery ? ["recovery"] : (o.only?.split(",") ?? PARTS);
    const unknown = parts.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) {
      throw new AppError(
        "bad_request",
        `There is no part "${unknown}" to measure; choose from ${PARTS.join(", ")}.`,
      );
    }
    const { repetitions, quick } = o;
    const document: Record<string, unknown[]> = {};
    const folder = await mkdtemp(join(tmpdir(), "monolex-bench-"));
    try {
      const peer = await findPeer();
      if (peer === null) say("No python3 here has torch: ours alone.");
      if (parts.includes("train")) {
        document.train = await benchTrain(peer, repetitions, quick, say);
      }
      if (parts.includes("forward")) {
        await writeRandomGpt2(folder, quick ? GPT2_TINY : GPT2_SMALL);
        document.forward = await benchForward(
          peer,
          folder,
          repetitions,
          quick,
          say,
        );
      }
      if (parts.includes("recovery")) {
        document.recovery = await benchRecovery(quick, signal, say);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    result(document);
  },
});

await main(command);

import { AppError } from "#lib/errors";
import { findPeer } from "./bench/peer";
import { benchRecovery } from "./bench/recovery";
import { benchTrain } from "./bench/train";
import { defineCommand, main } from "./_cli/command";

const PARTS = ["train", "recovery"];

const command = defineCommand({
  name: "bench",
  summary:
    "Measures training speed beside PyTorch, and how well a planted dictionary is found again.",
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
    const quick = o.quick === true;
    const document: Record<string, unknown[]> = {};
    if (parts.includes("train")) {
      const peer = await findPeer();
      if (peer === null) say("No python3 here has torch: ours alone.");
      document.train = await benchTrain(peer, o.repetitions, quick, say);
    }
    if (parts.includes("recovery")) {
      document.recovery = await benchRecovery(quick, signal, say);
    }
    result(document);
  },
});

await main(command);

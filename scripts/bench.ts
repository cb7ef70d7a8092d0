import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppError } from "#lib/errors";
import { benchForward } from "./bench/forward";
import { benchIndex } from "./bench/index-pass";
import { findPeer } from "./bench/peer";
import { GPT2_SMALL, GPT2_TINY, writeRandomGpt2 } from "./bench/random-gpt2";
import { benchQuality } from "./bench/quality";
import { benchRecovery } from "./bench/recovery";
import { formatTable, type Row } from "./bench/table";
import { benchTrain } from "./bench/train";
import { defineCommand, main } from "./_cli/command";

/** What is measured unless told otherwise. */
const USUAL = ["train", "forward", "index", "recovery"];
const PARTS = [...USUAL, "quality"];

const command = defineCommand({
  name: "bench",
  summary:
    "Measures training and the forward pass beside PyTorch, what an index costs, and how well a planted dictionary is found again.",
  options: {
    only: { type: "string", help: `parts to run, of ${PARTS.join(",")}` },
    recovery: { type: "boolean", help: "short for --only recovery" },
    quality: { type: "boolean", help: "short for --only quality" },
    tokens: {
      type: "integer",
      default: 2_002_944,
      min: 4096,
      help: "tokens that each SAE of the quality part is trained on",
    },
    repetitions: {
      type: "integer",
      default: 5,
      min: 1,
      help: "runs of which the median counts",
    },
    quick: { type: "boolean", help: "tiny sizes: does it run at all?" },
  },
  async run({ options: o, signal, json, say, progress, result }) {
    const chosen = o.only?.split(",") ?? [];
    if (o.recovery) chosen.push("recovery");
    if (o.quality) chosen.push("quality");
    const parts = chosen.length > 0 ? chosen : USUAL;
    const unknown = parts.find((part) => !PARTS.includes(part));
    if (unknown !== undefined) {
      throw new AppError(
        "bad_request",
        `There is no part "${unknown}" to measure; choose from ${PARTS.join(", ")}.`,
      );
    }
    const { repetitions, quick } = o;
    const document: Record<string, readonly Row[]> = {};
    const folder = await mkdtemp(join(tmpdir(), "monolex-bench-"));
    try {
      const peer = await findPeer(say);
      if (peer === null) say("No PyTorch here to compare with: ours alone.");
      if (parts.includes("train")) {
        document.train = await benchTrain(peer, repetitions, quick, say);
      }
      const size = quick ? GPT2_TINY : GPT2_SMALL;
      if (parts.includes("forward") || parts.includes("index")) {
        await writeRandomGpt2(folder, size);
      }
      if (parts.includes("forward")) {
        document.forward = await benchForward(
          peer,
          folder,
          repetitions,
          quick,
          say,
        );
      }
      if (parts.includes("index")) {
        document.index = await benchIndex(
          folder,
          size.dModel,
          repetitions,
          quick,
          say,
        );
      }
      if (parts.includes("recovery")) {
        document.recovery = await benchRecovery(quick, signal, say);
      }
      if (parts.includes("quality")) {
        const ui = { say, progress, signal };
        document.quality = await benchQuality(ui, peer, o.tokens);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    if (!json) {
      for (const [part, rows] of Object.entries(document)) {
        say();
        for (const line of formatTable(part, rows)) say(line);
      }
    }
    result(document);
  },
});

await main(command);

import { availableParallelism } from "node:os";
import { AppError } from "#lib/errors";
import { SparseTrainer } from "#lib/sae/index";
import { defineCommand, main } from "./_cli/command";
import { compareWithReference } from "./_steps/reference";

/** Largest relative error that passes. */
const TOLERANCE = 1e-4;

const command = defineCommand({
  name: "check:reference",
  summary:
    "Takes one training step on another program's numbers and compares losses, gradients and the updated weights; fails above a relative error of 1e-4.",
  options: {
    file: { type: "string", help: "the reference step, JSON" },
  },
  positional: "file",
  examples: [
    "npm run -s check:reference -- test/fixtures/sae-step-reference.json",
  ],
  async run({ options: o, say, fail, result }) {
    if (o.file === undefined) {
      throw new AppError("bad_request", "Say which file to check.");
    }
    const errors = await compareWithReference(o.file, (config) =>
      SparseTrainer.create(config, availableParallelism()),
    );
    for (const { architecture, quantity, error } of errors) {
      const verdict = error <= TOLERANCE ? "" : "  TOO LARGE";
      say(
        `${architecture.padEnd(22)} ${quantity.padEnd(20)} ${error.toExponential(1)}${verdict}`,
      );
    }
    const largest = Math.max(...errors.map((e) => e.error));
    const passed = largest <= TOLERANCE;
    say(
      `largest relative error ${largest.toExponential(1)}: ${passed ? "passed" : "failed"}`,
    );
    result({ passed, largest, tolerance: TOLERANCE, errors });
    if (!passed) fail();
  },
});

await main(command);

import { AppError } from "#lib/errors";
import { openTrainer } from "#lib/sae/index";
import { defineCommand, main } from "./_cli/command";
import { ENGINE_OPTIONS, engineRequest, withEngine } from "./_steps/engine";
import { compareWithReference } from "./_steps/reference";

/** Largest relative error that passes. */
const TOLERANCE = 1e-4;

const command = defineCommand({
  name: "check:reference",
  summary:
    "Takes one training step on another program's numbers and compares losses, gradients and the updated weights; fails above a relative error of 1e-4.",
  options: {
    file: { type: "string", help: "the reference step, JSON" },
    ...ENGINE_OPTIONS,
  },
  positional: "file",
  examples: [
    "npm run -s check:reference -- test/fixtures/sae-step-reference.json",
    "npm run -s check:reference -- step.json --engine tfjs",
  ],
  async run({ options: o, signal, say, progress, fail, result }) {
    const { file } = o;
    if (file === undefined) {
      throw new AppError("bad_request", "Say which file to check.");
    }
    const { engine, errors } = await withEngine(
      { engine: engineRequest(o) },
      { say, progress, signal },
      async (opened, record) => ({
        engine: record,
        errors: await compareWithReference(file, (config) =>
          openTrainer(config, opened),
        ),
      }),
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
    result({ passed, largest, tolerance: TOLERANCE, engine, errors });
    if (!passed) fail();
  },
});

await main(command);

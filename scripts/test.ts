import { rm } from "node:fs/promises";
import { AppError } from "#lib/errors";
import {
  CHECKS,
  makeScratch,
  type Check,
  type CheckContext,
  type CheckOutcome,
} from "./_check/checks";
import { defineCommand, main } from "./_cli/command";
import { formatDuration } from "./_cli/progress";

const names = CHECKS.map(({ name }) => name);

const command = defineCommand({
  name: "test",
  summary: `Checks everything, one step after the other, and counts what passed.\n\nSteps:\n${CHECKS.map(({ name, help }) => `  ${name.padEnd(12)}${help}`).join("\n")}`,
  options: {
    only: {
      type: "string",
      placeholder: "steps",
      help: "only these steps, separated by commas",
    },
  },
  examples: ["npm test", "npm test -- --only lint,types"],
  async run({ options, signal, say, write, fail, result }) {
    const checks = selectChecks(options.only);
    const scratch = await makeScratch();
    const context: CheckContext = { signal, say, stream: write, scratch };
    let passed = 0;
    let failed = 0;
    const steps: Record<string, { passed: number; failed: number }> = {};
    try {
      for (const check of checks) {
        const counts = await runCheck(check, context);
        signal.throwIfAborted();
        passed += counts.passed;
        failed += counts.failed;
        steps[check.name] = counts;
      }
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    result({ passed, failed, steps });
    say(`${String(passed)} passed, ${String(failed)} failed`);
    if (failed > 0) fail();
  },
});

/** Runs one check; whatever goes wrong in it counts as a failure of it. */
async function runCheck(
  check: Check,
  context: CheckContext,
): Promise<{ passed: number; failed: number }> {
  const { say, signal } = context;
  const started = performance.now();
  say(`${check.name} …`);
  let outcome: CheckOutcome;
  try {
    outcome = await check.run(context);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    outcome = { passed: 0, failed: 1, output: `${error.message}\n` };
  }
  const { passed, failed, output } = outcome;
  if (output !== undefined) context.stream(output);
  const counts =
    passed + failed === 1
      ? ""
      : ` ${String(passed)} passed, ${String(failed)} failed,`;
  const time = formatDuration((performance.now() - started) / 1000);
  say(`${failed === 0 ? "✓" : "✗"} ${check.name}${counts} in ${time}`);
  return { passed, failed };
}

function selectChecks(only: string | undefined): readonly Check[] {
  if (only === undefined) return CHECKS;
  const wanted = only.split(",").map((name) => name.trim());
  for (const name of wanted) {
    if (names.includes(name)) continue;
    throw new AppError(
      "bad_request",
      `There is no step "${name}"; the steps are ${names.join(", ")}.`,
    );
  }
  return CHECKS.filter(({ name }) => wanted.includes(name));
}

await main(command);

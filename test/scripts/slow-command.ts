import { setTimeout } from "node:timers/promises";
import { defineCommand, main } from "../../scripts/_cli/command";

// A command for process.test.ts: waits, and winds up when it is stopped.
const command = defineCommand({
  name: "slow",
  summary: "Waits.",
  options: { stubborn: { type: "boolean", help: "do not stop when asked to" } },
  async run({ options, signal, say }) {
    say("waiting");
    if (options.stubborn) return setTimeout(60_000);
    await setTimeout(60_000, undefined, { signal }).catch(() => undefined);
    say("saved");
  },
});

await main(command);

import { AppError } from "#lib/errors";
import { defineCommand, main } from "./_cli/command";
import { runRestoreLabels } from "./_steps/labels";

const command = defineCommand({
  name: "labels:restore",
  summary:
    "Makes the labels what a backup holds. What is there before is saved beside the backups first.",
  options: {
    file: { type: "string", help: "the backup, or `newest`" },
  },
  positional: "file",
  examples: ["npm run labels:restore -- newest"],
  async run({ options, say, result }) {
    if (options.file === undefined) {
      throw new AppError(
        "invalid",
        "Which backup? Name its file, or `newest`.",
      );
    }
    result(await runRestoreLabels(options.file, { say }));
  },
});

await main(command);

import { defineCommand, main } from "./_cli/command";
import { runBackupLabels } from "./_steps/labels";

const command = defineCommand({
  name: "labels:backup",
  summary:
    "Copies the label database to DATA_DIR/backups and checks the copy. The server may run meanwhile.",
  options: {},
  async run({ say, result }) {
    result(await runBackupLabels({ say }));
  },
});

await main(command);

import { defineCommand, main } from "./_cli/command";
import { runMigrate } from "./_steps/migrate";

const command = defineCommand({
  name: "migrate",
  summary:
    "Creates the label database, or brings it up to date. Labels are kept.",
  options: {},
  run({ say }) {
    runMigrate({ say });
    return Promise.resolve();
  },
});

await main(command);

import { isSound } from "#lib/db/index";
import { defineCommand, main } from "./_cli/command";
import { runVerifyLabels } from "./_steps/labels";

const command = defineCommand({
  name: "labels:verify",
  summary:
    "Checks the label database: the file, the event log, and everything else against what the events say. The server may run meanwhile.",
  options: {
    repair: {
      type: "boolean",
      help: "write anew what is not as the events say",
    },
  },
  run({ options, say, result, fail }) {
    const check = runVerifyLabels({ repair: options.repair }, { say });
    result(check);
    const left = check.tables.filter(
      (table) => table.differences > 0 && !check.repaired.includes(table.table),
    );
    if (!isSound({ ...check, tables: left })) fail();
    return Promise.resolve();
  },
});

await main(command);

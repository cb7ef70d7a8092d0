import { AppError } from "#lib/errors";
import { defineCommand, main } from "./_cli/command";
import { runImportLabels } from "./_steps/exchange";
import { runMigrate } from "./_steps/migrate";

/** Rejected rows told one by one. */
const TOLD = 20;

const command = defineCommand({
  name: "labels:import",
  summary:
    "Takes in a file that labels:export wrote, a CSV file with at least the columns feature and text, or Neuronpedia's explanations, plain or gzip. The same file again changes nothing. The server may run meanwhile.",
  options: {
    file: { type: "string", help: "the file" },
    sae: {
      type: "string",
      help: "the SAE of rows that name none, and of Neuronpedia's",
      placeholder: "name",
    },
    author: {
      type: "string",
      help: "who wrote the rows that name nobody; default: you",
    },
    dryRun: {
      type: "boolean",
      help: "only say what would happen",
    },
    strict: {
      type: "boolean",
      help: "write nothing if any row would be rejected",
    },
  },
  positional: "file",
  examples: [
    "npm run labels:import -- labels.jsonl.gz --dry-run",
    "npm run labels:import -- explanations.jsonl.gz --sae gpt2-l6",
  ],
  async run({ options: o, signal, say, progress, result, fail }) {
    const { file, sae, author } = o;
    if (file === undefined) throw new AppError("bad_request", "Which file?");
    const ui = { say, progress, signal };
    runMigrate(ui);
    let told = 0;
    const request = {
      ...{ file, sae, author },
      onRejected: ({ line, reason }: { line: number; reason: string }) => {
        if (told++ < TOLD) say(`rejected line ${line}: ${reason}`);
      },
    };
    const checking = o.dryRun || o.strict;
    let report = await runImportLabels({ ...request, check: checking }, ui);
    if (o.strict && !o.dryRun && report.rejected === 0) {
      report = await runImportLabels({ ...request, check: false }, ui);
    }
    if (report.rejected > TOLD) {
      say(`         and ${report.rejected - TOLD} more`);
    }
    const would = report.checked ? "would be " : "";
    const added = Object.entries(report.added);
    const words = added.map(([type, count]) => `${count} ${type}`).join(", ");
    say(`${would}added ${words === "" ? "nothing" : words}`);
    say(`${report.already} here already, ${report.rejected} rejected`);
    if (report.people.fresh.length > 0) {
      say(`known by name only: ${report.people.fresh.join(", ")}`);
    }
    result(report);
    if (report.rejected > 0) fail();
  },
});

await main(command);

import { EXCHANGE_FORMATS, type ExchangeFormat } from "#lib/contract/index";
import { defineCommand, main } from "./_cli/command";
import { runExportLabels } from "./_steps/exchange";

const command = defineCommand({
  name: "labels:export",
  summary:
    "Writes everything people said to a file: labels, votes, comments, rubrics, flags, lists. The server may run meanwhile.",
  options: {
    file: {
      type: "string",
      help: "where to; ending in .csv it is CSV, in .gz packed; default: standard output",
    },
    format: {
      type: "choice",
      choices: EXCHANGE_FORMATS,
      help: "default: by the file's name, else jsonl",
    },
    sae: { type: "string", help: "only this SAE's", placeholder: "name" },
    modelId: {
      type: "string",
      help: "how Neuronpedia calls the model, such as gpt2-small",
    },
    source: {
      type: "string",
      help: "how Neuronpedia calls the SAE, such as 6-res-jb",
    },
  },
  positional: "file",
  examples: [
    "npm run labels:export -- labels.jsonl.gz",
    "npm run labels:export -- batch-0.jsonl.gz --format neuronpedia --sae small --model-id gpt2-small --source 6-res-jb",
  ],
  async run({ options: o, signal, say, result }) {
    const { file = null, sae, modelId, source } = o;
    const format = o.format ?? formatOf(file ?? "");
    const written = await runExportLabels(
      { file, format, sae, modelId, source },
      signal,
    );
    if (file === null) return;
    const counts = Object.entries(written.rows);
    say(`export   ${file}`);
    for (const [type, count] of counts) say(`         ${type} ${count}`);
    if (counts.length === 0) say("         nothing was said of anything yet");
    result({ file, format, ...written });
  },
});

const formatOf = (file: string): ExchangeFormat =>
  /\.csv(\.gz)?$/i.test(file) ? "csv" : "jsonl";

await main(command);

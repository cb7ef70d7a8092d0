import { existsSync } from "node:fs";
import { AppError } from "#lib/errors";
import { KEEP, verifyIndex } from "#lib/features/index";
import { defineCommand, main, type CommandContext } from "./_cli/command";
import { DEFAULT_CORPUS } from "./_steps/corpus";
import { DEMO_SAE } from "./_steps/demo-sae";
import { ENGINE_OPTIONS, engineRequest } from "./_steps/engine";
import { DEFAULT_INDEX, indexFile, runIndex } from "./_steps/index-features";

const options = {
  sae: {
    type: "string",
    default: DEMO_SAE,
    help: "the SAE's name, or its folder",
  },
  corpus: {
    type: "string",
    default: DEFAULT_CORPUS.source,
    help: '"default", .txt/.jsonl/.parquet file or folder, or Hugging Face dataset',
  },
  field: { type: "string", help: "field of .jsonl and .parquet rows" },
  tokens: {
    type: "integer",
    min: 1,
    default: DEFAULT_INDEX.tokens,
    help: "text to read, spread evenly over the training documents",
  },
  top: {
    type: "integer",
    min: 1,
    max: 200,
    default: KEEP.top,
    help: "strongest contexts kept a feature",
  },
  seed: {
    type: "integer",
    min: 0,
    default: DEFAULT_INDEX.seed,
    help: "seed of the quantile samples",
  },
  restart: { type: "boolean", help: "build again even if it is up to date" },
  verify: {
    type: "string",
    placeholder: "sae or file",
    help: "build nothing: read an index through and check it",
  },
  threads: { type: "integer", min: 1, help: "default: every core" },
  ...ENGINE_OPTIONS,
} as const;

const command = defineCommand({
  name: "index",
  summary:
    "Reads text through a model and its SAE once and writes what makes every feature fire, for the web app.",
  options,
  examples: [
    "npm run index",
    "npm run index -- --sae my-sae --corpus texts.jsonl --tokens 5_000_000",
    "npm run index -- --verify my-sae",
  ],
  async run(context) {
    if (context.options.verify !== undefined) verify(context);
    else await build(context);
  },
});

type Context = CommandContext<typeof options>;

async function build({ options: o, signal, say, progress, result }: Context) {
  const index = await runIndex(
    {
      sae: o.sae,
      corpus: {
        ...DEFAULT_CORPUS,
        source: o.corpus,
        ...(o.field === undefined ? {} : { field: o.field }),
      },
      tokens: o.tokens,
      keep: { top: o.top },
      seed: o.seed,
      restart: o.restart,
      engine: engineRequest(o),
      ...(o.threads === undefined ? {} : { threads: o.threads }),
    },
    { say, progress, signal },
  );
  const { counts, liveFeatures, bytes } = index;
  say(
    `         ${counts.features} features (${liveFeatures} fire), ${counts.examples} contexts, ${(bytes / 1e6).toFixed(1)} MB`,
  );
  say(`         ${index.file}`);
  say("next     npm start");
  result(index);
}

function verify({ options: o, say, result }: Context): void {
  const name = o.verify!;
  const report = verifyIndex(existsSync(name) ? name : indexFile(name));
  result(report);
  const { counts, problems } = report;
  if (problems.length > 0) {
    for (const problem of problems) say(problem);
    throw new AppError(
      "invalid",
      `The index of ${report.saeId} is faulty; build it again with \`npm run index -- --sae ${report.saeId} --restart\`.`,
    );
  }
  say(
    `The index of ${report.saeId} is sound: ${counts.features} features, ${counts.examples} contexts, ${counts.sequences} sequences, ${counts.documents} documents.`,
  );
}

await main(command);

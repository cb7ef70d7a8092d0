import { defineCommand, main } from "./_cli/command";
import { runGenerate } from "./_steps/generate-index";
import { runMigrate } from "./_steps/migrate";

const command = defineCommand({
  name: "generate:index",
  summary:
    "Writes an index of any size without a model: generated features on real text, to try the web app and to measure it (npm run bench:web).",
  options: {
    features: {
      type: "integer",
      default: 131_072,
      min: 2,
      max: 2 ** 20,
      help: "features of the index",
    },
    examples: {
      type: "integer",
      default: 40,
      min: 1,
      max: 200,
      help: "contexts a feature, half of them its strongest",
    },
    tokens: {
      type: "integer",
      default: 4_000_000,
      min: 2_000,
      help: "text of the default corpus they fire on, at most",
    },
    labels: {
      type: "integer",
      default: 0,
      min: 0,
      help: "features that get a label, unless some have one",
    },
    seed: { type: "integer", default: 0, min: 0, help: "seed of everything" },
    name: {
      type: "string",
      help: 'name of the index; default: "generated-<features>"',
    },
    restart: { type: "boolean", help: "generate again even if it is there" },
  },
  examples: [
    "npm run generate:index -- --features 131072 --examples 40 --seed 0",
    "npm run generate:index -- --features 4096 --tokens 300_000 --name small",
  ],
  async run({ options: o, signal, say, progress, result }) {
    const ui = { say, progress, signal };
    const { name = `generated-${o.features}`, ...rest } = o;
    const started = performance.now();
    runMigrate(ui);
    const index = await runGenerate({ saeId: name, ...rest }, ui);
    const seconds = (performance.now() - started) / 1000;
    const { counts, bytes, file } = index;
    say(
      `         ${counts.features} features, ${counts.examples} contexts, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s`,
    );
    say(`         ${file}`);
    say("next     npm start");
    result({ ...index, seconds });
  },
});

await main(command);

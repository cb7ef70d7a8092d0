import { defineCommand, main } from "./_cli/command";
import { runBuild } from "./_steps/build";

const command = defineCommand({
  name: "build:web",
  summary: "Builds the production web app unless it is up to date.",
  options: {},
  run: ({ say, progress, signal }) => runBuild({ say, progress, signal }),
});

await main(command);

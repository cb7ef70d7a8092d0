// Makes a data folder with the commands' own steps and serves it: what the
// tests see has gone the whole way from text to browser.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PRESETS, presetTraining } from "#lib/sae/index";
import { Progress } from "../../scripts/_cli/progress";
import type { StepUi } from "../../scripts/_steps/console";
import { DEFAULT_CORPUS } from "../../scripts/_steps/corpus";
import { runEvaluate } from "../../scripts/_steps/evaluate";
import { runIndex } from "../../scripts/_steps/index-features";
import { runMigrate } from "../../scripts/_steps/migrate";
import { runServe } from "../../scripts/_steps/serve";
import { runTrain } from "../../scripts/_steps/train";
import { buildFixtureIndex, FIXTURE_SAE_ID } from "../db/fixture";
import { writeE2eSweeps } from "./sweeps";
import { serveTeam } from "./serve-team";
import { writeHostile, writeTwin } from "./twin";
import { E2E_SAE, E2E_TWIN } from "./data";

const dataDir = mkdtempSync(join(tmpdir(), "monolex-e2e-"));
const teamDir = mkdtempSync(join(tmpdir(), "monolex-e2e-team-"));
process.env.DATA_DIR = dataDir;
const stop = new AbortController();
process.on("SIGTERM", () => {
  stop.abort();
});
process.on("SIGINT", () => {
  stop.abort();
});

const ui: StepUi = {
  say: (line = "") => {
    process.stdout.write(`${line}\n`);
  },
  progress: (label, options) =>
    new Progress({ output: process.stdout, label, ...options }),
  signal: stop.signal,
};
const corpus = { ...DEFAULT_CORPUS, maxTokens: 150_000 };

try {
  runMigrate(ui);
  await runTrain(
    {
      modelName: "mini-gpt2",
      hookName: "blocks.2.hook_resid_post",
      corpus,
      training: {
        ...presetTraining(PRESETS.demo),
        dSae: 512,
        k: 16,
        batchSize: 1024,
        bufferTokens: 16_384,
        maxTokens: 65_536,
      },
      saeId: E2E_SAE,
      restart: false,
    },
    ui,
  );
  await runEvaluate(
    { saeId: E2E_SAE, corpus, sequences: 16, lossSequences: 4 },
    ui,
  );
  await runIndex(
    { sae: E2E_SAE, corpus, tokens: 60_000, seed: 0, restart: false },
    ui,
  );
  buildFixtureIndex(join(dataDir, "index", `${FIXTURE_SAE_ID}.sqlite`));
  writeE2eSweeps(dataDir);
  await writeTwin(dataDir);
  await runIndex(
    { sae: E2E_TWIN, corpus, tokens: 60_000, seed: 0, restart: false },
    ui,
  );
  writeHostile(dataDir);
  const port = Number(process.env.PORT);
  const team = serveTeam(dataDir, teamDir, port, ui);
  await team.ready;
  await runServe({ host: "127.0.0.1", port, dev: false }, ui, (address) => {
    ui.say(`serving ${address}`);
  });
  await team.ended;
} finally {
  for (const folder of [dataDir, teamDir]) {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(0);

import { settings } from "#lib/config";
import { PRESETS, presetTraining } from "#lib/sae/index";
import { defineCommand, main } from "./_cli/command";
import { runBuild } from "./_steps/build";
import { DEFAULT_CORPUS } from "./_steps/corpus";
import { DEMO_SAE } from "./_steps/demo-sae";
import {
  DEFAULT_EVALUATION,
  describeEvaluation,
  ensureEvaluated,
} from "./_steps/evaluate";
import { ensureIndexed } from "./_steps/index-features";
import { runMigrate } from "./_steps/migrate";
import { checkPort, runServe } from "./_steps/serve";
import { runTrain } from "./_steps/train";

const command = defineCommand({
  name: "demo",
  summary:
    "The whole path: trains an SAE on the shipped mini-gpt2, evaluates and indexes it, builds the web app and serves it. What is done already is reused.",
  options: {
    port: {
      type: "integer",
      min: 1,
      max: 65535,
      help: "default: PORT or 3000",
    },
    host: { type: "string", help: "default: HOST or 127.0.0.1" },
    serve: { type: "boolean", default: true, help: "do everything but serve" },
  },
  async run({ options: o, signal, say, progress, result }) {
    const ui = { say, progress, signal };
    const started = performance.now();
    const configured = settings();
    const address = {
      host: o.host ?? configured.host,
      port: o.port ?? configured.port,
    };
    // A taken port is better known now than in three minutes.
    if (o.serve) await checkPort(address);

    runMigrate(ui);
    const preset = PRESETS.demo;
    const trained = await runTrain(
      {
        modelName: preset.modelName,
        hookName: preset.hookName,
        training: presetTraining(preset),
        text: { textTokens: preset.textTokens },
        corpus: DEFAULT_CORPUS,
        saeId: DEMO_SAE,
        restart: false,
      },
      ui,
    );
    if (trained.status === "interrupted") return;
    const evaluation = await ensureEvaluated(
      { saeId: DEMO_SAE, ...DEFAULT_EVALUATION },
      ui,
    );
    for (const line of describeEvaluation(evaluation)) say(line);
    await ensureIndexed(DEMO_SAE, ui);
    signal.throwIfAborted();
    await runBuild(ui);
    const seconds = (performance.now() - started) / 1000;
    say(`done     in ${seconds.toFixed(0)} s`);
    result({ sae: DEMO_SAE, seconds, evaluation });
    if (!o.serve) return;
    await runServe({ ...address, dev: false }, ui, (url) => {
      say(`serve    ${url}  (Ctrl-C stops)`);
    });
  },
});

await main(command);

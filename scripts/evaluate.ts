import { defineCommand, main } from "./_cli/command";
import { DEFAULT_CORPUS } from "./_steps/corpus";
import {
  DEFAULT_EVALUATION,
  describeEvaluation,
  runEvaluate,
} from "./_steps/evaluate";
import { DEMO_SAE } from "./_steps/demo-sae";
import { ENGINE_OPTIONS, engineRequest } from "./_steps/engine";

const command = defineCommand({
  name: "evaluate",
  summary:
    "Measures an SAE on held-out text: sparsity, reconstruction, and what splicing it in does to the model's loss.",
  options: {
    sae: { type: "string", default: DEMO_SAE, help: "the SAE's name" },
    corpus: {
      type: "string",
      default: DEFAULT_CORPUS.source,
      help: "text it was trained on; its held-out documents are used",
    },
    field: { type: "string", help: "field of .jsonl and .parquet rows" },
    sequences: {
      type: "integer",
      min: 1,
      default: DEFAULT_EVALUATION.sequences,
      help: "held-out sequences for L0, FVU and dead latents",
    },
    lossSequences: {
      type: "integer",
      min: 1,
      default: DEFAULT_EVALUATION.lossSequences,
      help: "of those, sequences for the losses",
    },
    ...ENGINE_OPTIONS,
  },
  async run({ options: o, signal, say, progress, result }) {
    const evaluation = await runEvaluate(
      {
        saeId: o.sae,
        corpus: {
          ...DEFAULT_CORPUS,
          source: o.corpus,
          ...(o.field === undefined ? {} : { field: o.field }),
        },
        sequences: o.sequences,
        lossSequences: o.lossSequences,
        engine: engineRequest(o),
      },
      { say, progress, signal },
    );
    for (const line of describeEvaluation(evaluation)) say(line);
    say(`next     npm run index -- --sae ${o.sae}`);
    result(evaluation);
  },
});

await main(command);

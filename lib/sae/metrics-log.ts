import { appendFile, readFile } from "node:fs/promises";
import { systemErrorCode } from "#lib/errors";
import { writeFileAtomic } from "#lib/files";

/** One line of metrics.jsonl. All losses are in normalised units, per token. */
export interface TrainingMetrics {
  step: number;
  /** Tokens trained on so far, this step's included. */
  tokens: number;
  /** All that was minimised. */
  loss: number;
  mse: number;
  /** ‖x − x̂‖² over ‖x − mean‖² of this batch. */
  fvu: number;
  l0: number;
  l1: number;
  /** λ of this step. */
  sparsity: number;
  auxMse: number;
  /** Latents silent for longer than the configured number of tokens. */
  dead: number;
  lr: number;
  /** The index type makes a line a plain record of numbers. */
  [name: string]: number;
}

/** metrics.jsonl: one JSON object a line, appended while training goes on. */
export class MetricsLog {
  constructor(private readonly file: string) {}

  async append(metrics: TrainingMetrics): Promise<void> {
    await appendFile(this.file, `${JSON.stringify(metrics)}\n`);
  }

  /** Drops lines from `step` on: they will be written again after a resume. */
  async truncate(step: number): Promise<void> {
    const kept = (await readMetrics(this.file)).filter((m) => m.step < step);
    await writeFileAtomic(
      this.file,
      kept.map((m) => `${JSON.stringify(m)}\n`).join(""),
    );
  }
}

/** All complete lines; a line cut short by a crash is left out. */
export async function readMetrics(file: string): Promise<TrainingMetrics[]> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  return complete
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as TrainingMetrics);
}

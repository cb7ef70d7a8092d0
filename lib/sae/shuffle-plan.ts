import { AppError } from "#lib/errors";
import { Rng } from "#lib/random";
import type { ActivationSource } from "./activation-source";
import type { TrainingConfig } from "./config";

/** A run of sequences whose activations are shuffled together. */
export interface Window {
  index: number;
  sequences: Uint32Array;
  rows: number;
  /** The step of this window's first batch. */
  firstStep: number;
  batches: number;
}

/** Purposes of the run's random streams (`Rng.of(seed, purpose, …)`). */
const SEQUENCE_ORDER = 1;
const ROW_ORDER = 2;

/**
 * Which token is in which batch, as a pure function of the seed
 * (docs/method.md, Eq. 9): each epoch visits the sequences in a random order;
 * consecutive sequences fill a window of about `bufferTokens`; the window's
 * tokens are shuffled and cut into batches. Nothing depends on what ran
 * before, so training resumes at any step with the very same batches, and the
 * buffer need not be saved. What is left of a window after its last whole
 * batch (less than one sequence; less than one batch at an epoch's end) is not
 * trained on in that epoch.
 */
export class ShufflePlan {
  readonly windows: Window[] = [];
  readonly steps: number;

  constructor(
    private readonly config: Pick<
      TrainingConfig,
      "batchSize" | "bufferTokens" | "epochs" | "maxTokens" | "seed"
    >,
    source: Pick<ActivationSource, "sequences" | "rowsOf">,
  ) {
    const { batchSize, bufferTokens, epochs, maxTokens, seed } = config;
    const goal = Math.floor(bufferTokens / batchSize) * batchSize;
    const limit =
      maxTokens === null ? Infinity : Math.floor(maxTokens / batchSize);
    let steps = 0;
    for (let epoch = 0; epoch < epochs && steps < limit; epoch++) {
      const order = Rng.of(seed, SEQUENCE_ORDER, epoch).permutation(
        source.sequences,
      );
      let from = 0;
      let rows = 0;
      for (let i = 0; i < order.length && steps < limit; i++) {
        rows += source.rowsOf(order[i]!);
        if (rows < goal && i < order.length - 1) continue;
        const batches = Math.min(Math.floor(rows / batchSize), limit - steps);
        if (batches > 0) {
          this.windows.push({
            index: this.windows.length,
            sequences: order.slice(from, i + 1),
            rows,
            firstStep: steps,
            batches,
          });
        }
        steps += batches;
        from = i + 1;
        rows = 0;
      }
    }
    if (steps === 0) {
      throw new AppError(
        "invalid",
        `The training text yields fewer tokens than one batch of ${batchSize} or the limit of ${maxTokens ?? "no"} tokens allows none: use more text or a smaller batch.`,
      );
    }
    this.steps = steps;
  }

  /** The window that holds a step, or undefined past the end. */
  windowOf(step: number): Window | undefined {
    return this.windows.find((w) => step < w.firstStep + w.batches);
  }

  /** The order in which a window's rows are dealt out. */
  rowOrder(window: Window): Uint32Array {
    return Rng.of(this.config.seed, ROW_ORDER, window.index).permutation(
      window.rows,
    );
  }

  /** Room that the largest window needs. */
  get maxRows(): number {
    return Math.max(...this.windows.map((w) => w.rows));
  }
}

import type * as Tf from "@tensorflow/tfjs";
import {
  activateDevice,
  EngineError,
  type LoadedDevice,
} from "#lib/compute/index";
import { DEFINITIONS } from "#lib/sae/architectures/index";
import type { TrainingConfig } from "#lib/sae/config";
import { parametersOf, type Snapshot } from "#lib/sae/train-state";
import type { SaeTrainer, StepMetrics, StepSchedule } from "#lib/sae/trainer";
import { updateParameters } from "./dense-optimiser";
import { DeviceState, downloadAll } from "./device-state";
import { objective, type Measured, type Parameters } from "./objective";

/** Larger than any activation, and a float32. */
const HUGE = 1e38;
/** Numbers of a report before its firings and errors. */
const SCALARS = 4;

/** What a step leaves on the device until it has been read. */
type Pending = {
  /** loss, Σ‖f‖₁, Σ‖ê − e‖², least activation; firings [dSae]; errors [rows]. */
  report: Tf.Tensor;
  /** Gradients by parameter, f and x̂, if asked for. */
  asked: Record<string, Tf.Tensor>;
};

/**
 * Training on TensorFlow.js, dense throughout: state stays on the device, a
 * step sends it a batch and reads back a few numbers, firings and errors.
 * Gradients come from autodiff, so they check the sparse trainer's.
 */
export class TfjsTrainer implements SaeTrainer {
  readonly input: Float32Array;
  private readonly state: DeviceState;
  /** Tokens since each latent last fired. */
  private readonly silentTokens: Float64Array;
  private steps = 0;

  private constructor(
    readonly config: TrainingConfig,
    private readonly device: LoadedDevice,
  ) {
    this.input = new Float32Array(config.batchSize * config.dIn);
    this.state = new DeviceState(device.tf, config);
    this.silentTokens = new Float64Array(config.dSae);
  }

  /**
   * @param device stays open when the trainer is disposed.
   * @throws EngineError if the state does not fit on it.
   */
  static async create(
    config: TrainingConfig,
    device: LoadedDevice,
  ): Promise<TfjsTrainer> {
    return guarded(device, () => new TfjsTrainer(config, device));
  }

  /** @throws EngineError if the device fails; the state is then lost. */
  async step(
    schedule: StepSchedule,
    options: { gradients?: boolean } = {},
  ): Promise<StepMetrics> {
    return guarded(this.device, async () => {
      const dead = this.deadLatents();
      const batch = { sparsity: schedule.sparsity, dead };
      const wanted = options.gradients === true;
      const pending = this.run(batch, schedule.lr, wanted);
      try {
        const [report, asked] = await Promise.all([
          pending.report.data<"float32">(),
          downloadAll(pending.asked),
        ]);
        this.steps++;
        const metrics = { ...this.record(report), dead: dead.length };
        if (!wanted) return metrics;
        const { f, xHat, ...gradients } = asked;
        return { ...metrics, gradients, f: f!, xHat: xHat! };
      } finally {
        this.device.tf.dispose(pending);
      }
    });
  }

  /** Starts all of a step's work on the device, without waiting for it. */
  private run(
    batch: { sparsity: number; dead: Uint32Array },
    lr: number,
    wantsGradients: boolean,
  ): Pending {
    const { config, state, input } = this;
    const { tf } = this.device;
    const names = parametersOf(config);
    return tf.tidy(() => {
      const x = tf.tensor2d(input, [config.batchSize, config.dIn]);
      const p = state.parameters;
      let measured!: Measured;
      const { value: loss, grads } = tf.valueAndGrads(() =>
        objective(tf, config, p, { ...batch, x }, (seen) => {
          for (const tensor of Object.values(seen)) tf.keep(tensor);
          measured = seen;
        }),
      )(names.map((name) => p[name]));
      const gradients = Object.fromEntries(
        names.map((name, i) => [name, grads[i]!]),
      ) as Parameters;
      updateParameters(tf, config, state, gradients, lr, this.steps + 1);
      const report = this.reportOf(loss as Tf.Scalar, measured, x);
      const { f, xHat } = measured;
      // Clones live as long as what is returned; the kept ones end here.
      const asked = wantsGradients
        ? { ...gradients, f: tf.clone(f), xHat: tf.clone(xHat) }
        : {};
      tf.dispose(measured);
      return { report, asked };
    });
  }

  /** All that the host wants to know, in one tensor: one transfer. */
  private reportOf(loss: Tf.Scalar, measured: Measured, x: Tf.Tensor) {
    const { tf } = this.device;
    const { f, xHat, auxError } = measured;
    const fires = tf.greater(f, 0);
    const least = this.learnsThreshold
      ? tf.min(tf.where(fires, f, HUGE))
      : tf.scalar(0);
    const scalars = [loss, tf.sum(f), auxError, least];
    return tf.concat([
      tf.stack(scalars),
      tf.sum(tf.cast(fires, "float32"), 0),
      tf.sum(tf.square(tf.sub(x, xHat)), 1),
    ]);
  }

  /** Takes a report apart, and notes which latents fired. */
  private record(report: Float32Array): Omit<StepMetrics, "dead"> {
    const { config, silentTokens } = this;
    const { batchSize: rows, dSae } = config;
    const [loss, l1, auxError, least] = report;
    const firings = report.subarray(SCALARS, SCALARS + dSae);
    const errors = report.subarray(SCALARS + dSae);
    let entries = 0;
    firings.forEach((count, i) => {
      entries += count;
      silentTokens[i] = count > 0 ? 0 : silentTokens[i]! + rows;
    });
    return {
      loss: loss!,
      mse: errors.reduce((sum, error) => sum + error, 0) / rows,
      l1: l1! / rows,
      l0: entries / rows,
      auxMse: auxError! / rows,
      threshold: this.learnsThreshold && entries > 0 ? least! : null,
      errors,
    };
  }

  private get learnsThreshold(): boolean {
    return DEFINITIONS[this.config.architecture].selection === "batch_topk";
  }

  private deadLatents(): Uint32Array {
    const dead: number[] = [];
    this.silentTokens.forEach((tokens, i) => {
      if (tokens >= this.config.deadAfterTokens) dead.push(i);
    });
    return Uint32Array.from(dead);
  }

  async snapshot(): Promise<Omit<Snapshot, "numbers">> {
    const { steps: step, silentTokens } = this;
    const tensors = await guarded(this.device, () => this.state.download());
    return { step, tensors, silentTokens, hints: {} };
  }

  async restore(snapshot: Omit<Snapshot, "numbers">): Promise<void> {
    this.steps = snapshot.step;
    this.silentTokens.set(snapshot.silentTokens);
    await guarded(this.device, () => this.state.upload(snapshot.tensors));
  }

  dispose(): Promise<void> {
    this.state.dispose();
    return Promise.resolve();
  }
}

/**
 * Does something on the device.
 *
 * @throws EngineError for whatever goes wrong on it.
 */
async function guarded<T>(
  device: LoadedDevice,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    await activateDevice(device);
    const result = await work();
    // Some backends answer with zeros and tell of the failure elsewhere.
    const failure = device.failure();
    if (failure !== null) throw failure;
    return result;
  } catch (error) {
    throw new EngineError(device.description, error);
  }
}

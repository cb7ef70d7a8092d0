import {
  KernelPool,
  writeStep,
  type FloatBlock,
  type UintBlock,
} from "#lib/compute/index";
import { DEFINITIONS } from "./architectures/index";
import { CodeBlocks } from "./code-blocks";
import type { TrainingConfig } from "./config";
import { EncoderGraph, type EncoderWeights } from "./encode";
import { TrainState } from "./train-state";

/** What a step needs besides its batch. */
export interface StepSchedule {
  lr: number;
  l1Coefficient: number;
}

/** What one step measured, before its update. Sums run over the batch. */
export interface StepMetrics {
  /** Mean over tokens of ‖x − x̂‖², in normalised units. */
  mse: number;
  /** Mean over tokens of ‖f‖₁. */
  l1: number;
  /** Mean over tokens of ‖f‖₀. */
  l0: number;
  /** Mean over tokens of ‖ê − e‖² of the auxiliary loss; 0 without it. */
  auxMse: number;
  /** Latents that were dead when the step began. */
  dead: number;
}

/** Bytes of a Step structure are far fewer than this many words. */
const STEP_WORDS = 64;

/**
 * One SAE in training on the CPU: the dense encoder product in ONNX Runtime,
 * everything after the code is known in sparse kernels that touch only active
 * rows (docs/method.md, Eq. 10–13). Nothing large is allocated inside a step.
 */
export class SaeTrainer {
  /** The batch, [batchSize × dIn], normalised; fill it, then call `step`. */
  readonly input: Float32Array;

  private readonly x: FloatBlock;
  private readonly main: CodeBlocks;
  private readonly aux: CodeBlocks | null;
  private readonly stepBlock: UintBlock;
  private readonly scratch: FloatBlock[];
  /** Per thread a share of b_dec's gradient. */
  private readonly biasGradient: FloatBlock[];
  /** Copies of the encoder's weights outside shared memory, as ONNX wants. */
  private readonly feed: EncoderWeights;

  private constructor(
    readonly config: TrainingConfig,
    readonly state: TrainState,
    private readonly pool: KernelPool,
    private readonly encoder: EncoderGraph,
  ) {
    const { arena } = pool;
    const { dIn, dSae, batchSize } = config;
    const perRow = DEFINITIONS[config.architecture].maxEntriesPerRow(config);
    this.input = new Float32Array(batchSize * dIn);
    this.x = arena.float32(batchSize * dIn);
    this.main = new CodeBlocks(arena, batchSize, dIn, dSae, batchSize * perRow);
    this.aux =
      config.auxCoefficient > 0
        ? new CodeBlocks(
            arena,
            batchSize,
            dIn,
            dSae,
            batchSize * Math.min(config.auxK, dSae),
          )
        : null;
    this.stepBlock = arena.uint32(STEP_WORDS);
    this.scratch = this.perThread(() => arena.float32(2 * dIn));
    this.biasGradient = this.perThread(() => arena.float32(dIn));
    this.feed = {
      W_enc: new Float32Array(dSae * dIn),
      b_enc: new Float32Array(dSae),
      b_dec: new Float32Array(dIn),
    };
  }

  /** @param threads kernels and products share the work among this many. */
  static async create(
    config: TrainingConfig,
    threads: number,
  ): Promise<SaeTrainer> {
    const pool = await KernelPool.create(threads);
    const state = new TrainState(pool.arena, config.dIn, config.dSae);
    const encoder = await EncoderGraph.compile(
      config.architecture,
      config.dIn,
      threads,
    );
    return new SaeTrainer(config, state, pool, encoder);
  }

  private perThread<T>(make: () => T): T[] {
    return Array.from({ length: this.pool.threads }, make);
  }

  /**
   * One optimiser step on the first `rows` rows of `input`.
   *
   * @param gradients if given, receives the loss's gradients, concatenated:
   *   W_enc, W_dec [dSae × dIn], b_enc [dSae], b_dec [dIn] (for tests).
   */
  async step(
    schedule: StepSchedule,
    rows = this.config.batchSize,
    gradients?: FloatBlock,
  ): Promise<StepMetrics> {
    const { config, state, pool, main } = this;
    const { dIn } = config;
    this.x.view.set(this.input.subarray(0, rows * dIn));
    this.feed.W_enc.set(state.view("W_enc"));
    this.feed.b_enc.set(state.view("b_enc"));
    this.feed.b_dec.set(state.view("b_dec"));

    main.code.rows = 0;
    await this.encoder.encode(
      this.feed,
      this.input,
      rows,
      config.k ?? 0,
      main.code,
    );
    const gradScale = 2 / rows;
    const squaredError = main.reconstruct(pool, {
      target: this.x.pointer,
      targetScale: 1,
      bias: state.pointer("b_dec"),
      W_dec: state.pointer("W_dec"),
      gradScale,
      l1: schedule.l1Coefficient / rows,
    });

    const dead = this.deadLatents();
    const auxMse = await this.auxiliary(dead, rows, gradScale);

    main.buildColumns(pool);
    if (auxMse !== null) this.aux!.buildColumns(pool);
    this.update(schedule.lr, rows, auxMse !== null, gradients?.pointer ?? 0);
    this.recordFiring(rows);
    state.step++;

    let l1 = 0;
    const entries = main.code.rowPtr[rows]!;
    for (let e = 0; e < entries; e++) l1 += main.code.values[e]!;
    return {
      mse: squaredError / rows,
      l1: l1 / rows,
      l0: entries / rows,
      auxMse: auxMse ?? 0,
      dead: dead.length,
    };
  }

  private deadLatents(): Uint32Array {
    const { silentTokens } = this.state;
    const limit = this.config.deadAfterTokens;
    const dead: number[] = [];
    for (let i = 0; i < silentTokens.length; i++) {
      if (silentTokens[i]! >= limit) dead.push(i);
    }
    return Uint32Array.from(dead);
  }

  /**
   * AuxK (docs/method.md, Eq. 6): the strongest dead latents model what the
   * live ones left over. Returns ‖ê − e‖² per token, or null without dead
   * latents. The decoder bias takes no part, and no live latent is moved.
   */
  private async auxiliary(
    dead: Uint32Array,
    rows: number,
    gradScale: number,
  ): Promise<number | null> {
    const { aux, config, state, pool } = this;
    if (aux === null || dead.length === 0) return null;
    const { dIn } = config;
    const W_enc = new Float32Array(dead.length * dIn);
    const b_enc = new Float32Array(dead.length);
    const allRows = state.view("W_enc");
    const allBiases = state.view("b_enc");
    dead.forEach((latent, i) => {
      W_enc.set(allRows.subarray(latent * dIn, (latent + 1) * dIn), i * dIn);
      b_enc[i] = allBiases[latent]!;
    });
    const k = Math.min(config.auxK, dead.length);
    aux.code.rows = 0;
    await this.encoder.encode(
      { W_enc, b_enc, b_dec: this.feed.b_dec },
      this.input,
      rows,
      k,
      aux.code,
    );
    const entries = aux.code.rowPtr[rows]!;
    for (let e = 0; e < entries; e++) {
      aux.code.indices[e] = dead[aux.code.indices[e]!]!;
    }
    // The main gradient is 2/rows · (x̂ − x), so −rows/2 of it is e.
    const weight =
      config.auxCoefficient * Math.min(1, dead.length / config.auxK);
    const squaredError = aux.reconstruct(pool, {
      target: this.main.gradPointer,
      targetScale: -1 / gradScale,
      bias: 0,
      W_dec: state.pointer("W_dec"),
      gradScale: gradScale * weight,
      l1: 0,
    });
    return squaredError / rows;
  }

  private update(
    lr: number,
    rows: number,
    withAux: boolean,
    gradientsPointer: number,
  ): void {
    const { config, state, pool, main, aux, biasGradient } = this;
    const { dIn, dSae, beta1, beta2, epsilon } = config;
    const t = state.step + 1;
    const stepSize = lr / (1 - beta1 ** t);
    const rootScale = 1 / Math.sqrt(1 - beta2 ** t);

    // b_dec's gradient has two paths (docs/method.md, Eq. 13): through the
    // decoder, summed here, and through the encoder, added by updateLatents.
    for (const block of biasGradient) block.view.fill(0);
    pool.run("sumRows", pool.evenBounds(rows), (thread) => [
      dIn,
      main.gradPointer,
      biasGradient[thread]!.pointer,
    ]);
    writeStep(pool.arena.memory.buffer, this.stepBlock.pointer, {
      d: dIn,
      x: this.x.pointer,
      bDec: state.pointer("b_dec"),
      grad: main.gradPointer,
      ...main.columnPointers,
      auxGrad: withAux ? aux!.gradPointer : 0,
      auxColPtr: withAux ? aux!.columnPointers.colPtr : 0,
      auxColRow: withAux ? aux!.columnPointers.colRow : 0,
      auxColValue: withAux ? aux!.columnPointers.colValue : 0,
      auxColDValue: withAux ? aux!.columnPointers.colDValue : 0,
      wEnc: state.pointer("W_enc"),
      mEnc: state.pointer("m.W_enc"),
      vEnc: state.pointer("v.W_enc"),
      wDec: state.pointer("W_dec"),
      mDec: state.pointer("m.W_dec"),
      vDec: state.pointer("v.W_dec"),
      bEnc: state.pointer("b_enc"),
      mBias: state.pointer("m.b_enc"),
      vBias: state.pointer("v.b_enc"),
      beta1,
      beta2,
      stepSize,
      rootScale,
      epsilon,
      unitNorm: config.unitNormDecoder ? 1 : 0,
    });
    pool.run("updateLatents", main.balancedBounds(pool.threads), (thread) => [
      dSae,
      this.stepBlock.pointer,
      this.scratch[thread]!.pointer,
      biasGradient[thread]!.pointer,
      gradientsPointer,
    ]);
    const total = biasGradient[0]!;
    for (const block of biasGradient.slice(1)) {
      for (let c = 0; c < dIn; c++) total.view[c]! += block.view[c]!;
    }
    if (gradientsPointer !== 0) {
      const at = gradientsPointer / 4 + 2 * dSae * dIn + dSae;
      new Float32Array(pool.arena.memory.buffer).set(total.view, at);
    }
    pool.kernels.adam(
      state.pointer("b_dec"),
      state.pointer("m.b_dec"),
      state.pointer("v.b_dec"),
      total.pointer,
      dIn,
      beta1,
      beta2,
      stepSize,
      rootScale,
      epsilon,
    );
  }

  private recordFiring(rows: number): void {
    const { silentTokens } = this.state;
    const colPtr = this.main.colPtr;
    for (let i = 0; i < silentTokens.length; i++) {
      silentTokens[i] =
        colPtr[i + 1]! > colPtr[i]! ? 0 : silentTokens[i]! + rows;
    }
  }

  /** A block for `step`'s gradients. */
  gradientBlock(): FloatBlock {
    const { dIn, dSae } = this.config;
    return this.pool.arena.float32(2 * dSae * dIn + dSae + dIn);
  }

  async dispose(): Promise<void> {
    await this.encoder.dispose();
    await this.pool.dispose();
  }
}

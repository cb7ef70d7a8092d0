import {
  KernelPool,
  onnxEngine,
  type Engine,
  type FloatBlock,
} from "#lib/compute/index";
import type {
  ArchitectureDefinition,
  SparseStep,
} from "#lib/sae/architectures/architecture";
import { DEFINITIONS } from "#lib/sae/architectures/index";
import { groupEnds } from "#lib/sae/architectures/matryoshka";
import type { TrainingConfig } from "#lib/sae/config";
import { EncoderGraph, type EncoderWeights } from "#lib/sae/encoder-graph";
import { Selector } from "#lib/sae/selector";
import { TrainState, type Snapshot } from "#lib/sae/train-state";
import type { SaeTrainer, StepMetrics, StepSchedule } from "#lib/sae/trainer";
import { AuxiliaryLoss } from "./auxiliary-loss";
import { CodeBlocks } from "./code-blocks";
import { Optimiser } from "./optimiser";
import { PreActivationLoss } from "./pre-activation-loss";

/** Entries a token may have before its code's memory grows. */
const USUAL_ENTRIES = 256;

/**
 * Training on the CPU: the dense encoder product in ONNX Runtime, everything
 * after the code is known in sparse kernels that touch only active rows
 * (docs/method.md, Eq. 10–13). Nothing dense is allocated inside a step.
 */
export class SparseTrainer implements SaeTrainer {
  readonly input: Float32Array;

  private readonly definition: ArchitectureDefinition;
  private readonly x: FloatBlock;
  private readonly main: CodeBlocks;
  /** gated: the gate's own reconstruction, on the same entries. */
  private readonly gate: CodeBlocks | null;
  private readonly gradScales: number[];
  private readonly aux: AuxiliaryLoss | null;
  private readonly pull: PreActivationLoss | null;
  private readonly optimiser: Optimiser;
  private readonly selector: Selector;
  /** Copies of the encoder's weights outside shared memory, as ONNX wants. */
  private readonly feed: EncoderWeights;
  private pre = new Float32Array();
  private norms: FloatBlock | null = null;

  private constructor(
    readonly config: TrainingConfig,
    private readonly state: TrainState,
    private readonly pool: KernelPool,
    private readonly encoder: EncoderGraph,
  ) {
    const { arena } = pool;
    const { dIn, dSae, batchSize: rows, k } = config;
    this.definition = DEFINITIONS[config.architecture];
    this.input = new Float32Array(rows * dIn);
    this.x = arena.float32(rows * dIn);
    const ends = groupEnds(config);
    const perRow = k ?? Math.min(dSae, USUAL_ENTRIES);
    this.main = new CodeBlocks(arena, rows, dIn, dSae, rows * perRow, ends);
    // Each nested dictionary's share of the loss (Eq. 32), times 2/B (Eq. 10).
    this.gradScales = ends.map(() => 2 / rows / ends.length);
    this.gate =
      config.architecture === "gated"
        ? new CodeBlocks(arena, rows, dIn, dSae, rows * perRow)
        : null;
    this.selector = new Selector(encoder);
    this.feed = {
      W_enc: new Float32Array(dSae * dIn),
      b_enc: new Float32Array(dSae),
      b_dec: new Float32Array(dIn),
    };
    this.aux =
      config.deadLatents === "aux_k"
        ? new AuxiliaryLoss(config, state, pool, this.selector)
        : null;
    this.pull =
      config.deadLatents === "pre_activation"
        ? new PreActivationLoss(config, state, pool, this.x)
        : null;
    this.optimiser = new Optimiser(config, state, pool, this.x, ends);
  }

  /**
   * @param threads kernels and products share the work among this many.
   * @param engine what runs the encoder product; it must outlive the trainer.
   */
  static async create(
    config: TrainingConfig,
    threads: number,
    engine: Engine = onnxEngine({ threads }),
  ): Promise<SparseTrainer> {
    const pool = await KernelPool.create(threads);
    const state = new TrainState(pool.arena, config);
    const encoder = await EncoderGraph.compile(engine, config.dIn);
    return new SparseTrainer(config, state, pool, encoder);
  }

  async step(
    schedule: StepSchedule,
    options: { gradients?: boolean } = {},
  ): Promise<StepMetrics> {
    const { config, state, pool, main, definition, optimiser } = this;
    const { batchSize: rows } = config;
    this.x.view.set(this.input);
    for (const name of ["W_enc", "b_enc", "b_dec"] as const) {
      this.feed[name].set(state.view(name));
    }
    optimiser.clear();
    const threshold = await this.select();
    const step = this.sparseStep(schedule);
    definition.activate?.(step);
    main.reconstruct(pool, {
      target: this.x.pointer,
      targetScale: 1,
      bias: state.pointer("b_dec"),
      W_dec: state.pointer("W_dec"),
      gradScales: this.gradScales,
    });
    let loss = 0;
    this.gradScales.forEach((scale, group) => {
      loss += (scale / 2) * sum(main.errors(group));
    });
    loss += definition.backward?.(step) ?? 0;

    const dead = this.deadLatents();
    const pulled = this.pull?.run(dead, main, step.latents.threshold);
    loss += pulled?.loss ?? 0;
    const aux = await this.aux?.run(dead, main, this.gradScales.at(-1)!, {
      x: this.input,
      b_dec: this.feed.b_dec,
    });
    loss += aux?.loss ?? 0;

    main.buildColumns(pool);
    const gradients = optimiser.update(
      schedule.lr,
      main,
      aux?.blocks ?? null,
      pulled?.spread ?? null,
      options.gradients === true,
    );
    const { l0, l1 } = this.recordFiring();
    state.step++;
    const errors = main.errors();
    return {
      loss,
      mse: sum(errors) / rows,
      l0: l0 / rows,
      l1: l1 / rows,
      auxMse: aux?.mse ?? 0,
      dead: dead.length,
      threshold,
      errors,
      ...(gradients === null ? {} : { gradients, ...this.denseCode() }),
    };
  }

  /** The code and its decoding in full, for those who ask for gradients. */
  private denseCode(): { f: Float32Array; xHat: Float32Array } {
    const { main, config, x, pool } = this;
    const { batchSize: rows, dIn, dSae } = config;
    const f = new Float32Array(rows * dSae);
    for (let row = 0; row < rows; row++) {
      for (let e = main.rowPtr[row]!; e < main.rowPtr[row + 1]!; e++) {
        f[row * dSae + main.indices[e]!] = main.values[e]!;
      }
    }
    const { buffer } = pool.arena.memory;
    const grad = new Float32Array(buffer, main.gradPointer, rows * dIn);
    const scale = this.gradScales.at(-1)!;
    return { f, xHat: x.view.map((value, i) => value + grad[i]! / scale) };
  }

  /** Fills the main code with pre-activations; returns batch_topk's threshold. */
  private async select(): Promise<number | null> {
    const { config, definition, selector, feed, input, main } = this;
    const { batchSize: rows, k } = config;
    main.rows = 0;
    switch (definition.selection) {
      case "topk":
        await selector.topk(feed, input, rows, k!, main);
        return null;
      case "batch_topk":
        return selector.batchTopk(feed, input, rows, k!, main);
      case "above": {
        const limit = definition.limit;
        const limits =
          limit === undefined
            ? null
            : this.state.view("threshold").map((t) => limit(config, t));
        await selector.above(feed, limits, input, rows, main);
        return null;
      }
    }
  }

  private sparseStep(schedule: StepSchedule): SparseStep {
    const { config, main, definition, optimiser } = this;
    const { entries } = main;
    if (definition.keepsPreActivations === true) {
      if (this.pre.length < entries) this.pre = new Float32Array(2 * entries);
      this.pre.set(main.values.subarray(0, entries));
    }
    return {
      config,
      rows: config.batchSize,
      entries,
      sparsity: schedule.sparsity,
      indices: main.indices,
      values: main.values,
      pre: this.pre,
      dValues: main.dValues,
      latents: optimiser.latents,
      bEnc: this.state.view("b_enc"),
      biasGradient: optimiser.biasGradient,
      decoderPull: optimiser.decoderPull,
      decoderNorms: () => this.decoderNorms(),
      reconstruct: (values) => this.reconstructFrozen(values),
    };
  }

  private decoderNorms(): Float32Array {
    const { pool, state, config } = this;
    const norms = (this.norms ??= pool.arena.float32(config.dSae));
    pool.run("rowNorms", pool.evenBounds(config.dSae), () => [
      config.dIn,
      state.pointer("W_dec"),
      norms.pointer,
    ]);
    return norms.view;
  }

  private reconstructFrozen(values: Float32Array) {
    const { main, state, pool, config } = this;
    const { batchSize: rows } = config;
    const gate = this.gate!;
    gate.rows = rows;
    gate.rowPtr.set(main.rowPtr);
    gate.reserve(main.entries);
    gate.indices.set(main.indices.subarray(0, main.entries));
    gate.values.set(values.subarray(0, main.entries));
    gate.reconstruct(pool, {
      target: this.x.pointer,
      targetScale: 1,
      bias: state.pointer("b_dec"),
      W_dec: state.pointer("W_dec"),
      gradScales: [2 / rows],
    });
    return { mse: sum(gate.errors()) / rows, dValues: gate.dValues };
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

  private recordFiring(): { l0: number; l1: number } {
    const { silentTokens } = this.state;
    const { indices, values, entries } = this.main;
    for (let i = 0; i < silentTokens.length; i++) {
      silentTokens[i]! += this.config.batchSize;
    }
    let l0 = 0;
    let l1 = 0;
    for (let e = 0; e < entries; e++) {
      const value = values[e]!;
      if (value > 0) {
        silentTokens[indices[e]!] = 0;
        l0++;
        l1 += value;
      }
    }
    return { l0, l1 };
  }

  snapshot(): Promise<Omit<Snapshot, "numbers">> {
    const { step, tensors, silentTokens } = this.state;
    const { hints } = this.selector;
    return Promise.resolve({ step, tensors, silentTokens, hints });
  }

  restore(snapshot: Omit<Snapshot, "numbers">): Promise<void> {
    this.state.step = snapshot.step;
    this.state.silentTokens.set(snapshot.silentTokens);
    this.selector.hints = snapshot.hints;
    for (const [name, data] of Object.entries(snapshot.tensors)) {
      this.state.view(name).set(data);
    }
    return Promise.resolve();
  }

  async dispose(): Promise<void> {
    await this.encoder.dispose();
    await this.pool.dispose();
  }
}

function sum(values: Float32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

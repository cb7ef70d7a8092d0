import {
  writeStep,
  type FloatBlock,
  type KernelPool,
  type UintBlock,
} from "#lib/compute/index";
import type {
  LatentParameter,
  LatentParameterName,
} from "#lib/sae/architectures/architecture";
import { DEFINITIONS } from "#lib/sae/architectures/index";
import type { TrainingConfig } from "#lib/sae/config";
import { parametersOf, type TrainState } from "#lib/sae/train-state";
import type { CodeBlocks } from "./code-blocks";
import type { Spread } from "./pre-activation-loss";

/** Bytes of a Step structure are far fewer than this many words. */
const STEP_WORDS = 64;

/**
 * Gathers the gradients latent by latent and takes one Adam step on every
 * parameter (docs/method.md, Eq. 12–13). Without clipping both happen at once,
 * while a row is in the cache; with it the norm must be known first.
 */
export class Optimiser {
  readonly latents: Record<LatentParameterName, LatentParameter>;
  readonly biasGradient: Float32Array;
  readonly decoderPull: Float32Array;

  private readonly step: UintBlock;
  private readonly groupEnds: UintBlock;
  private readonly scratch: FloatBlock[];
  /** Per thread a share of b_dec's gradient. */
  private readonly bDecShares: FloatBlock[];
  private readonly latentNames: readonly LatentParameterName[];
  private readonly latentGradients: Partial<
    Record<LatentParameterName, FloatBlock>
  >;
  private readonly biasBlock: FloatBlock | null;
  private readonly pullBlock: FloatBlock | null;
  private gradients: FloatBlock | null = null;

  constructor(
    private readonly config: TrainingConfig,
    private readonly state: TrainState,
    private readonly pool: KernelPool,
    private readonly x: FloatBlock,
    groupEnds: readonly number[],
  ) {
    const { arena } = pool;
    const { dIn, dSae } = config;
    const definition = DEFINITIONS[config.architecture];
    const perLatent = (wanted: boolean) =>
      wanted ? arena.float32(dSae) : null;
    this.step = arena.uint32(STEP_WORDS);
    this.groupEnds = arena.uint32(groupEnds.length);
    this.groupEnds.view.set(groupEnds);
    this.scratch = this.perThread(() => arena.float32(2 * dIn + 1));
    this.bDecShares = this.perThread(() => arena.float32(dIn));
    this.biasBlock = perLatent(definition.ownsBiasGradient === true);
    this.pullBlock = perLatent(definition.pullsDecoder?.(config) === true);
    this.biasGradient = this.biasBlock?.view ?? new Float32Array();
    this.decoderPull = this.pullBlock?.view ?? new Float32Array();
    this.latentNames = definition.latentParameters;
    this.latentGradients = Object.fromEntries(
      this.latentNames.map((name) => [name, arena.float32(dSae)]),
    );
    this.latents = Object.fromEntries(
      this.latentNames.map((name) => [
        name,
        {
          value: state.view(name),
          gradient: this.latentGradients[name]!.view,
        },
      ]),
    ) as Record<LatentParameterName, LatentParameter>;
  }

  private perThread<T>(make: () => T): T[] {
    return Array.from({ length: this.pool.threads }, make);
  }

  /** Forgets the last step's gradients. */
  clear(): void {
    this.biasGradient.fill(0);
    this.decoderPull.fill(0);
    for (const name of this.latentNames) this.latents[name].gradient.fill(0);
  }

  /**
   * One Adam step, t = state.step + 1.
   *
   * @param wantsGradients return them by parameter (for tests).
   */
  update(
    lr: number,
    main: CodeBlocks,
    aux: CodeBlocks | null,
    spread: Spread | null,
    wantsGradients: boolean,
  ): Record<string, Float32Array> | null {
    const { config, pool, state, bDecShares } = this;
    const { dIn, batchSize: rows, gradClip } = config;
    const keeps = wantsGradients || gradClip !== null;
    if (keeps) this.gradients ??= this.gradientBlock();

    // b_dec's gradient has two paths (Eq. 13): through the decoder, summed
    // here, and through the encoder, added latent by latent.
    for (const block of bDecShares) block.view.fill(0);
    pool.run("sumRows", pool.evenBounds(rows), (thread) => [
      dIn,
      main.totalGradPointer,
      bDecShares[thread]!.pointer,
    ]);
    const bounds = main.balancedBounds(pool.threads);
    let clip = 1;
    if (gradClip === null) {
      this.writeStep(
        lr,
        main,
        aux,
        spread,
        keeps ? this.gradients!.pointer : 0,
        1,
      );
      pool.run("updateLatents", bounds, (thread) => [
        this.step.pointer,
        this.scratch[thread]!.pointer,
        bDecShares[thread]!.pointer,
      ]);
    } else {
      this.writeStep(lr, main, aux, spread, this.gradients!.pointer, 1);
      const squares = pool.run("gatherLatents", bounds, (thread) => [
        this.step.pointer,
        bDecShares[thread]!.pointer,
      ]);
      clip = Math.min(1, gradClip / Math.sqrt(squares + this.smallSquares()));
      this.writeStep(lr, main, aux, spread, this.gradients!.pointer, clip);
      pool.run("applyLatents", bounds, () => [this.step.pointer]);
    }
    const bDecGradient = this.totalBDec();
    const gradients = wantsGradients ? this.collect(bDecGradient.view) : null;
    this.adam("b_dec", bDecGradient, lr, clip);
    for (const name of this.latentNames) {
      const scale = name === "threshold" ? config.thresholdLrScale : 1;
      this.adam(name, this.latentGradients[name]!, lr * scale, clip);
    }
    if (this.latentNames.includes("threshold")) {
      const theta = state.view("threshold");
      for (let i = 0; i < theta.length; i++) {
        if (theta[i]! < 0) theta[i] = 0;
      }
    }
    this.averageWeights();
    return gradients;
  }

  private writeStep(
    lr: number,
    main: CodeBlocks,
    aux: CodeBlocks | null,
    spread: Spread | null,
    gradients: number,
    clip: number,
  ): void {
    const { config, state, pool } = this;
    const { beta1, beta2, epsilon } = config;
    writeStep(pool.arena.memory.buffer, this.step.pointer, {
      d: config.dIn,
      x: this.x.pointer,
      bDec: state.pointer("b_dec"),
      grad: main.totalGradPointer,
      groupEnds: this.groupEnds.pointer,
      groupBytes: main.groupBytes,
      ...main.columnPointers,
      auxGrad: aux?.gradPointer ?? 0,
      auxColPtr: aux?.columnPointers.colPtr ?? 0,
      auxColRow: aux?.columnPointers.colRow ?? 0,
      auxColValue: aux?.columnPointers.colValue ?? 0,
      auxColDValue: aux?.columnPointers.colDValue ?? 0,
      decoderPull: this.pullBlock?.pointer ?? 0,
      spread: spread?.perLatent ?? 0,
      inputSum: spread?.inputSum ?? 0,
      rows: config.batchSize,
      biasGradient: this.biasBlock?.pointer ?? 0,
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
      epsilon,
      ...this.rates(lr),
      unitNorm: config.unitNormDecoder ? 1 : 0,
      gradients,
      latents: config.dSae,
      clip,
    });
  }

  /** Adam's bias corrections, folded into two factors. */
  private rates(lr: number): { stepSize: number; rootScale: number } {
    const t = this.state.step + 1;
    return {
      stepSize: lr / (1 - this.config.beta1 ** t),
      rootScale: 1 / Math.sqrt(1 - this.config.beta2 ** t),
    };
  }

  /** Adam on a parameter that is not one row per latent. */
  private adam(
    name: "b_dec" | LatentParameterName,
    gradient: FloatBlock,
    lr: number,
    clip: number,
  ): void {
    const { state, pool, config } = this;
    const { stepSize, rootScale } = this.rates(lr);
    if (clip !== 1) {
      for (let i = 0; i < gradient.view.length; i++) gradient.view[i]! *= clip;
    }
    pool.kernels.adam(
      state.pointer(name),
      state.pointer(`m.${name}`),
      state.pointer(`v.${name}`),
      gradient.pointer,
      gradient.view.length,
      config.beta1,
      config.beta2,
      stepSize,
      rootScale,
      config.epsilon,
    );
  }

  private totalBDec(): FloatBlock {
    const [total, ...shares] = this.bDecShares;
    for (const share of shares) {
      for (let c = 0; c < share.view.length; c++) {
        total!.view[c]! += share.view[c]!;
      }
      share.view.fill(0);
    }
    return total!;
  }

  /** Squares of the gradients that gatherLatents does not see. */
  private smallSquares(): number {
    const gradients = [
      this.totalBDec().view,
      ...this.latentNames.map((name) => this.latents[name].gradient),
    ];
    return gradients
      .flatMap((g) => Array.from(g))
      .reduce((s, v) => s + v * v, 0);
  }

  private gradientBlock(): FloatBlock {
    const { dIn, dSae } = this.config;
    return this.pool.arena.float32(2 * dSae * dIn + dSae);
  }

  private collect(b_dec: Float32Array): Record<string, Float32Array> {
    const { dIn, dSae } = this.config;
    const matrix = dSae * dIn;
    const all = this.gradients!.view;
    return {
      W_enc: all.subarray(0, matrix),
      W_dec: all.subarray(matrix, 2 * matrix),
      b_enc: all.subarray(2 * matrix),
      b_dec: b_dec.slice(),
      ...Object.fromEntries(
        this.latentNames.map((name) => [
          name,
          this.latents[name].gradient.slice(),
        ]),
      ),
    };
  }

  private averageWeights(): void {
    const { config, pool, state } = this;
    if (config.emaDecay === null) return;
    for (const name of parametersOf(config)) {
      const { length } = state.view(name);
      pool.run("average", pool.evenBounds(length), () => [
        state.pointer(name),
        state.pointer(`ema.${name}`),
        config.emaDecay!,
      ]);
    }
  }
}

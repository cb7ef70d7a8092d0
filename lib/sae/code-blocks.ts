import type {
  Arena,
  FloatBlock,
  KernelPool,
  UintBlock,
} from "#lib/compute/index";
import { FixedCode } from "./code-buffer";

/** Addresses and constants of one reconstruction. */
export interface Reconstruction {
  target: number;
  targetScale: number;
  /** Address of the decoder bias, or 0 for none. */
  bias: number;
  W_dec: number;
  gradScale: number;
  l1: number;
}

/**
 * A batch's sparse code in the kernels' memory, by row and by latent, with the
 * gradients that flow through it.
 */
export class CodeBlocks {
  readonly code: FixedCode;
  private readonly rowPtr: UintBlock;
  private readonly indices: UintBlock;
  private readonly values: FloatBlock;
  private readonly dValues: FloatBlock;
  private readonly columns: UintBlock;
  private readonly colRow: UintBlock;
  private readonly colValue: FloatBlock;
  private readonly colDValue: FloatBlock;
  /** dL/dx̂, [rows × dIn]. */
  private readonly grad: FloatBlock;

  constructor(
    arena: Arena,
    rows: number,
    private readonly dIn: number,
    private readonly dSae: number,
    entries: number,
  ) {
    this.rowPtr = arena.uint32(rows + 1);
    this.indices = arena.uint32(entries);
    this.values = arena.float32(entries);
    this.dValues = arena.float32(entries);
    this.columns = arena.uint32(dSae + 1);
    this.colRow = arena.uint32(entries);
    this.colValue = arena.float32(entries);
    this.colDValue = arena.float32(entries);
    this.grad = arena.float32(rows * dIn);
    this.code = new FixedCode(
      this.rowPtr.view,
      this.indices.view,
      this.values.view,
    );
  }

  get gradPointer(): number {
    return this.grad.pointer;
  }

  /** Entries of latent i are colPtr[i] … colPtr[i + 1] − 1. */
  get colPtr(): Uint32Array {
    return this.columns.view;
  }

  get columnPointers() {
    return {
      colPtr: this.columns.pointer,
      colRow: this.colRow.pointer,
      colValue: this.colValue.pointer,
      colDValue: this.colDValue.pointer,
    };
  }

  /** Decodes, and leaves dL/dx̂ and dL/df; returns the summed squared error. */
  reconstruct(pool: KernelPool, r: Reconstruction): number {
    return pool.run("reconstructRows", pool.evenBounds(this.code.rows), () => [
      this.dIn,
      r.target,
      r.targetScale,
      r.bias,
      r.W_dec,
      this.rowPtr.pointer,
      this.indices.pointer,
      this.values.pointer,
      r.gradScale,
      r.l1,
      this.grad.pointer,
      this.dValues.pointer,
    ]);
  }

  buildColumns(pool: KernelPool): void {
    pool.kernels.buildColumns(
      this.code.rows,
      this.dSae,
      this.rowPtr.pointer,
      this.indices.pointer,
      this.values.pointer,
      this.dValues.pointer,
      this.columns.pointer,
      this.colRow.pointer,
      this.colValue.pointer,
      this.colDValue.pointer,
    );
  }

  /**
   * Shares of the latents with about equal work: a latent costs one unit for
   * each entry and a fixed part for the optimiser.
   */
  balancedBounds(threads: number): number[] {
    const OPTIMISER_UNITS = 8;
    const { colPtr, dSae } = this;
    const workUpTo = (i: number) => colPtr[i]! + i * OPTIMISER_UNITS;
    const bounds = [0];
    for (let thread = 1; thread < threads; thread++) {
      const goal = (workUpTo(dSae) * thread) / threads;
      let low = bounds[thread - 1]!;
      let high = dSae;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (workUpTo(middle) < goal) low = middle + 1;
        else high = middle;
      }
      bounds.push(low);
    }
    bounds.push(dSae);
    return bounds;
  }
}

import type {
  Arena,
  FloatBlock,
  KernelPool,
  UintBlock,
} from "#lib/compute/index";
import type { CodeBuffer } from "#lib/sae/code-buffer";

/** What one reconstruction works on; addresses in the kernels' memory. */
export interface Reconstruction {
  target: number;
  targetScale: number;
  /** The decoder bias, or 0 for none. */
  bias: number;
  W_dec: number;
  /** dL/d‖e_g‖² · 2 of each group. */
  gradScales: readonly number[];
}

/**
 * A batch's sparse code in the kernels' memory, by row and by latent, with the
 * gradients that flow through it. Entries of a row are grouped by the nested
 * dictionary they first belong to (one group, unless Matryoshka).
 */
export class CodeBlocks implements CodeBuffer {
  rows = 0;
  readonly rowPtr: Uint32Array;
  private entryBlocks: EntryBlocks;
  private readonly rowPtrBlock: UintBlock;
  private readonly groupPtr: UintBlock;
  private readonly columns: UintBlock;
  /** dL/dx̂ by group, [groups × rows × dIn]. */
  private readonly grad: FloatBlock;
  private readonly gradScales: FloatBlock;
  private readonly errorBlock: FloatBlock;

  constructor(
    private readonly arena: Arena,
    private readonly maxRows: number,
    private readonly dIn: number,
    private readonly dSae: number,
    entries: number,
    private readonly groupEnds: readonly number[] = [dSae],
  ) {
    const groups = groupEnds.length;
    this.rowPtrBlock = arena.uint32(maxRows + 1);
    this.rowPtr = this.rowPtrBlock.view;
    this.groupPtr =
      groups === 1 ? this.rowPtrBlock : arena.uint32(maxRows * groups + 1);
    this.columns = arena.uint32(dSae + 1);
    this.grad = arena.float32(groups * maxRows * dIn);
    this.gradScales = arena.float32(groups);
    this.errorBlock = arena.float32(groups * maxRows);
    this.entryBlocks = new EntryBlocks(arena, entries);
  }

  get indices(): Uint32Array {
    return this.entryBlocks.indices.view;
  }

  get values(): Float32Array {
    return this.entryBlocks.values.view;
  }

  /** dL/df after `reconstruct`; an architecture makes dL/dz of it. */
  get dValues(): Float32Array {
    return this.entryBlocks.dValues.view;
  }

  get entries(): number {
    return this.rowPtr[this.rows]!;
  }

  /** Room for more entries; what the arena gave before is not used again. */
  reserve(entries: number): void {
    if (entries <= this.indices.length) return;
    const { entryBlocks: old, arena } = this;
    const most = this.maxRows * this.dSae;
    const size = Math.min(most, Math.max(entries, 2 * this.indices.length));
    this.entryBlocks = new EntryBlocks(arena, size);
    this.indices.set(old.indices.view);
    this.values.set(old.values.view);
  }

  /** Address of the last group's dL/dx̂: that of the whole dictionary. */
  get gradPointer(): number {
    const groups = this.groupEnds.length;
    return this.grad.pointer + (groups - 1) * this.groupBytes;
  }

  /** Address of the first group's: what all groups' add up to. */
  get totalGradPointer(): number {
    return this.grad.pointer;
  }

  get groupBytes(): number {
    return this.maxRows * this.dIn * 4;
  }

  /** ‖e‖² of each row, of group `group` (default: the whole dictionary). */
  errors(group = this.groupEnds.length - 1): Float32Array {
    const from = group * this.maxRows;
    return this.errorBlock.view.subarray(from, from + this.rows);
  }

  /** Entries of latent i are colPtr[i] … colPtr[i + 1] − 1. */
  get colPtr(): Uint32Array {
    return this.columns.view;
  }

  get columnPointers() {
    return {
      colPtr: this.columns.pointer,
      colRow: this.entryBlocks.colRow.pointer,
      colValue: this.entryBlocks.colValue.pointer,
      colDValue: this.entryBlocks.colDValue.pointer,
    };
  }

  /**
   * Decodes, and leaves dL/dx̂, dL/df and every group's squared errors. Where
   * `values` (an address) is given, it is decoded in place of the code's own.
   */
  reconstruct(
    pool: KernelPool,
    r: Reconstruction,
    values = this.entryBlocks.values.pointer,
  ): void {
    const groups = this.groupEnds.length;
    this.gradScales.view.set(r.gradScales);
    if (groups > 1) this.markGroups();
    pool.run("reconstructRows", pool.evenBounds(this.rows), () => [
      this.maxRows,
      this.dIn,
      groups,
      r.target,
      r.targetScale,
      r.bias,
      r.W_dec,
      this.groupPtr.pointer,
      this.entryBlocks.indices.pointer,
      values,
      this.gradScales.pointer,
      this.grad.pointer,
      this.errorBlock.pointer,
      this.entryBlocks.dValues.pointer,
    ]);
  }

  /** Where each group begins in each row, whose entries ascend by latent. */
  private markGroups(): void {
    const { rows, rowPtr, indices, groupEnds } = this;
    const marks = this.groupPtr.view;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      let e = rowPtr[row]!;
      const last = rowPtr[row + 1]!;
      for (const end of groupEnds) {
        marks[at++] = e;
        while (e < last && indices[e]! < end) e++;
      }
    }
    marks[at] = rowPtr[rows]!;
  }

  buildColumns(pool: KernelPool): void {
    pool.kernels.buildColumns(
      this.rows,
      this.dSae,
      this.rowPtrBlock.pointer,
      this.entryBlocks.indices.pointer,
      this.entryBlocks.values.pointer,
      this.entryBlocks.dValues.pointer,
      this.columns.pointer,
      this.entryBlocks.colRow.pointer,
      this.entryBlocks.colValue.pointer,
      this.entryBlocks.colDValue.pointer,
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

/** One number per entry each, by row and by latent. */
class EntryBlocks {
  readonly indices: UintBlock;
  readonly values: FloatBlock;
  readonly dValues: FloatBlock;
  readonly colRow: UintBlock;
  readonly colValue: FloatBlock;
  readonly colDValue: FloatBlock;

  constructor(arena: Arena, entries: number) {
    this.indices = arena.uint32(entries);
    this.values = arena.float32(entries);
    this.dValues = arena.float32(entries);
    this.colRow = arena.uint32(entries);
    this.colValue = arena.float32(entries);
    this.colDValue = arena.float32(entries);
  }
}

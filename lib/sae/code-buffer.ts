import type { SparseCode } from "#lib/compute/index";

/** Where an encoder writes: rows are appended, entries grow with them. */
export interface CodeBuffer {
  rows: number;
  readonly rowPtr: Uint32Array;
  /** Another array after `reserve`. */
  readonly indices: Uint32Array;
  readonly values: Float32Array;
  /** Makes room for `entries` entries in all. */
  reserve(entries: number): void;
}

/** A code buffer on the JavaScript heap that doubles as it fills. */
export class GrowingCode implements CodeBuffer {
  rows = 0;
  readonly rowPtr: Uint32Array;
  indices: Uint32Array;
  values: Float32Array;

  constructor(maxRows: number, entries: number) {
    this.rowPtr = new Uint32Array(maxRows + 1);
    this.indices = new Uint32Array(entries);
    this.values = new Float32Array(entries);
  }

  reserve(entries: number): void {
    if (entries <= this.indices.length) return;
    const size = Math.max(entries, this.indices.length * 2);
    const indices = new Uint32Array(size);
    const values = new Float32Array(size);
    indices.set(this.indices);
    values.set(this.values);
    this.indices = indices;
    this.values = values;
  }

  finish(): SparseCode {
    const entries = this.rowPtr[this.rows]!;
    return {
      rows: this.rows,
      rowPtr: this.rowPtr,
      indices: this.indices.subarray(0, entries),
      values: this.values.subarray(0, entries),
    };
  }
}

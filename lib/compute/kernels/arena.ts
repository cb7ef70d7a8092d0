import { AppError } from "#lib/errors";

const PAGE = 65_536;
const MAX_PAGES = 65_536;
const ALIGNMENT = 64;

/** A typed array that lives in WebAssembly memory, with its address there. */
export interface Block<T extends Float32Array | Uint32Array> {
  readonly pointer: number;
  readonly view: T;
}
export type FloatBlock = Block<Float32Array>;
export type UintBlock = Block<Uint32Array>;

/**
 * Hands out arrays in one shared WebAssembly memory, front to back, and never
 * takes one back: a training run allocates everything before its first step.
 * Pages are touched, and so cost memory, only when they are written.
 */
export class Arena {
  readonly memory = new WebAssembly.Memory({
    initial: 16,
    maximum: MAX_PAGES,
    shared: true,
  });
  /** The first page is left to the module's own static data. */
  private top = PAGE;

  float32(length: number): FloatBlock {
    const pointer = this.reserve(length * 4);
    return {
      pointer,
      view: new Float32Array(this.memory.buffer, pointer, length),
    };
  }

  uint32(length: number): UintBlock {
    const pointer = this.reserve(length * 4);
    return {
      pointer,
      view: new Uint32Array(this.memory.buffer, pointer, length),
    };
  }

  private reserve(bytes: number): number {
    const pointer = this.top;
    this.top += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const missing = this.top - this.memory.buffer.byteLength;
    if (missing > 0) {
      if (this.top > MAX_PAGES * PAGE) {
        throw new AppError(
          "invalid",
          `This SAE needs ${(this.top / 2 ** 30).toFixed(1)} GiB for training, and the CPU engine can address 4 GiB: choose fewer latents or a smaller batch.`,
        );
      }
      this.memory.grow(Math.ceil(missing / PAGE));
    }
    return pointer;
  }
}

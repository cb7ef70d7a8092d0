import type * as Tf from "@tensorflow/tfjs";
import type { TfModule } from "#lib/compute/index";
import type { TrainingConfig } from "#lib/sae/config";
import { parametersOf, stateShapes } from "#lib/sae/train-state";
import type { Parameters } from "./objective";

/** The training state on the device: one tensor per name of `stateShapes`. */
export class DeviceState {
  private readonly tensors: Map<string, Tf.Tensor>;

  /** All zeros. */
  constructor(
    private readonly tf: TfModule,
    private readonly config: TrainingConfig,
  ) {
    this.tensors = new Map(
      Object.entries(stateShapes(config)).map(([name, shape]) => [
        name,
        tf.zeros(shape),
      ]),
    );
  }

  get(name: string): Tf.Tensor {
    return this.tensors.get(name)!;
  }

  get parameters(): Parameters {
    return Object.fromEntries(
      parametersOf(this.config).map((name) => [name, this.get(name)]),
    ) as Parameters;
  }

  /** Puts another tensor of the same shape in a tensor's place. */
  update(name: string, change: (value: Tf.Tensor) => Tf.Tensor): void {
    const old = this.get(name);
    this.tensors.set(
      name,
      this.tf.tidy(() => this.tf.keep(change(old))),
    );
    old.dispose();
  }

  download(): Promise<Record<string, Float32Array>> {
    return downloadAll(Object.fromEntries(this.tensors));
  }

  /** Copies what is given. */
  upload(values: Readonly<Record<string, Float32Array>>): void {
    for (const [name, data] of Object.entries(values)) {
      // Some backends keep the array itself.
      this.update(name, ({ shape }) => this.tf.tensor(data.slice(), shape));
    }
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
  }
}

/** Reads float32 tensors back, all at once. */
export async function downloadAll(
  tensors: Readonly<Record<string, Tf.Tensor>>,
): Promise<Record<string, Float32Array>> {
  const names = Object.keys(tensors);
  const values = await Promise.all(
    names.map((name) => tensors[name]!.data<"float32">()),
  );
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

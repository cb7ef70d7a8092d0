import { AppError } from "#lib/errors";
import { TFJS_DEVICES, type Engine, type TfjsDevice } from "./engine";
import { onnxEngine } from "./onnx/session";
import { selfTest } from "./self-test";
import { loadDevice, mayHaveGpu, type LoadedDevice } from "./tfjs/load-tf";
import { TfjsEngine } from "./tfjs/tfjs-engine";

export const ENGINE_CHOICES = ["auto", "onnx", "tfjs"] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

export interface OpenOptions {
  /** Threads of the CPU; default: every core this process may use. */
  threads?: number;
  /** Where tfjs runs; default: the first of TFJS_DEVICES that can be had. */
  device?: TfjsDevice;
}

export interface OpenedEngine {
  engine: Engine;
  /** Why this one, as a sentence. */
  reason: string;
}

/**
 * Opens an engine. `auto` is onnx, unless there is a GPU whose numbers are
 * right and whose self-test is faster.
 *
 * @throws AppError("unavailable") if the engine or device cannot be had, and
 *   AppError("invalid") for a device that the choice has no use for.
 */
export async function openEngine(
  choice: EngineChoice,
  options: OpenOptions = {},
): Promise<OpenedEngine> {
  const { device } = options;
  if (device !== undefined && choice !== "tfjs") {
    throw new AppError(
      "invalid",
      `--device ${device} says where the tfjs engine runs; give --engine tfjs with it.`,
    );
  }
  switch (choice) {
    case "onnx":
      return { engine: openOnnx(options), reason: "It was asked for." };
    case "tfjs":
      return device === undefined
        ? openBestTfjs()
        : {
            engine: new TfjsEngine(await loadDevice(device)),
            reason: "It was asked for.",
          };
    case "auto":
      return openAuto(options);
  }
}

function openOnnx({ threads }: OpenOptions): Engine {
  return onnxEngine(threads === undefined ? {} : { threads });
}

/** The first device there is; a GPU imitated by the CPU comes after WASM. */
async function openBestTfjs(): Promise<OpenedEngine> {
  const gpu = await findGpu();
  if (gpu.loaded !== null) {
    return { engine: new TfjsEngine(gpu.loaded), reason: "It has a GPU." };
  }
  for (const device of TFJS_DEVICES.slice(2)) {
    const loaded = await tryDevice(device);
    if (typeof loaded !== "string") {
      return { engine: new TfjsEngine(loaded), reason: gpu.why };
    }
  }
  throw new AppError(
    "unavailable",
    "TensorFlow.js is not installed; run `npm install`, or use --engine onnx.",
  );
}

async function openAuto(options: OpenOptions): Promise<OpenedEngine> {
  const onnx = openOnnx(options);
  const gpu = await findGpu();
  if (gpu.loaded === null) return { engine: onnx, reason: gpu.why };
  const tfjs = new TfjsEngine(gpu.loaded);
  const stay = async (reason: string): Promise<OpenedEngine> => {
    await tfjs.dispose();
    return { engine: onnx, reason };
  };
  try {
    const test = await selfTest(tfjs, onnx, () => performance.now());
    const times = `${test.speedup.toFixed(1)} times the speed of the CPU in a self-test`;
    if (!test.agrees) {
      return await stay(`The numbers of ${tfjs.device} are wrong.`);
    }
    if (test.speedup <= 1) {
      return await stay(`${tfjs.device} has only ${times}.`);
    }
    return { engine: tfjs, reason: `It has ${times}.` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return stay(`The self-test did not run: ${reason}`);
  }
}

/** A device that is really a GPU, or a sentence that says why there is none. */
async function findGpu(): Promise<
  { loaded: LoadedDevice } | { loaded: null; why: string }
> {
  if (!mayHaveGpu()) {
    return { loaded: null, why: "This machine shows no GPU." };
  }
  const reasons: string[] = [];
  for (const device of TFJS_DEVICES.slice(0, 2)) {
    const loaded = await tryDevice(device);
    if (typeof loaded === "string") reasons.push(loaded);
    else if (loaded.accelerated) return { loaded };
    else reasons.push(`${loaded.description} is imitated by the CPU.`);
  }
  return { loaded: null, why: reasons.join(" ") };
}

async function tryDevice(device: TfjsDevice): Promise<LoadedDevice | string> {
  try {
    return await loadDevice(device);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

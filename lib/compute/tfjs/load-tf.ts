import { readdirSync } from "node:fs";
import { AppError } from "#lib/errors";
import type { TfjsDevice } from "#lib/compute/engine";
import type { TfModule } from "./values";

/** A TensorFlow.js backend that is ready. */
export interface LoadedDevice {
  tf: TfModule;
  /** Its name in TensorFlow.js. */
  backend: string;
  /** For people, e.g. "webgpu (nvidia ada)". */
  description: string;
  /** Whether it is a GPU, and not a program that behaves like one. */
  accelerated: boolean;
  /** What went wrong on the device since it was loaded, if anything did. */
  failure(): Error | null;
}

/**
 * Loads TensorFlow.js with one backend. Nothing of it is loaded before, so
 * machines without these packages, or without a GPU, never notice.
 *
 * @throws AppError("unavailable") if the device cannot be had.
 */
export async function loadDevice(device: TfjsDevice): Promise<LoadedDevice> {
  // A backend that starts while another does makes TensorFlow.js give up one.
  const loading = lastLoad.then(LOADERS[device]);
  lastLoad = loading.catch(() => undefined);
  try {
    return await loading;
  } catch (error) {
    throw new AppError(
      "unavailable",
      `TensorFlow.js cannot run on ${device}: ${reasonOf(error)}.`,
      { cause: error },
    );
  }
}

let lastLoad: Promise<unknown> = Promise.resolve();

/** TensorFlow.js has one active backend a process; calls go to that one. */
export async function activateDevice({
  tf,
  backend,
}: LoadedDevice): Promise<void> {
  while (tf.getBackend() !== backend) await tf.setBackend(backend);
}

/**
 * Whether the system shows any graphics device. Asking the drivers would load
 * TensorFlow.js first, and they complain on stderr where there is none.
 */
export function mayHaveGpu(): boolean {
  if (process.platform !== "linux") return true;
  return ["/dev", "/dev/dri"].some((folder) => {
    try {
      return readdirSync(folder).some((name) =>
        /^(nvidia0|renderD|dxg)/.test(name),
      );
    } catch {
      return false;
    }
  });
}

const LOADERS: Record<TfjsDevice, () => Promise<LoadedDevice>> = {
  async gpu() {
    // Ampere and later would round factors to 10 bits.
    process.env.NVIDIA_TF32_OVERRIDE ??= "0";
    const tf = await load<TfModule>("@tensorflow/tfjs-node-gpu");
    tf.enableProdMode();
    await start(tf, "tensorflow");
    const { isUsingGpuDevice } = tf.backend() as unknown as {
      isUsingGpuDevice: boolean;
    };
    if (!isUsingGpuDevice) throw new Error("it found no CUDA device");
    return ready(tf, "tensorflow", "tensorflow gpu", true);
  },

  async webgpu() {
    const { create, globals } = await load<WebGpuPackage>("webgpu");
    const adapter = await gpuOf(create).requestAdapter();
    if (adapter === null) throw new Error("there is no WebGPU adapter");
    // TensorFlow.js looks for a browser's globals when the backend is loaded.
    Object.assign(globalThis, globals);
    Object.defineProperty(globalThis, "navigator", {
      value: { gpu: gpuOf(create) },
      configurable: true,
      writable: true,
    });
    const tf = await loadUmbrella();
    await load("@tensorflow/tfjs-backend-webgpu");
    // The same work gives the same bytes: small tensors are not computed with
    // on the CPU just because they were there last, and no product is split
    // among atomic additions, whose order is left to chance.
    tf.env().set("WEBGPU_CPU_FORWARD", false);
    tf.env().set("WEBGPU_MATMUL_PROGRAM_TYPE", PACKED_PRODUCT);
    await start(tf, "webgpu");
    const { vendor, architecture, isFallbackAdapter = false } = adapter.info;
    const software =
      isFallbackAdapter || /swiftshader|llvmpipe/i.test(architecture);
    return {
      ...ready(tf, "webgpu", `webgpu (${vendor} ${architecture})`, !software),
      failure: watchErrors(tf),
    };
  },

  async wasm() {
    const tf = await loadUmbrella();
    await load("@tensorflow/tfjs-backend-wasm");
    await start(tf, "wasm");
    return ready(tf, "wasm", "wasm", false);
  },

  async cpu() {
    const tf = await loadUmbrella();
    await start(tf, "cpu");
    return ready(tf, "cpu", "cpu, JavaScript", false);
  },
};

/** TensorFlow.js' number for the tiled product that it uses for large ones. */
const PACKED_PRODUCT = 3;

interface WebGpuPackage {
  create(options: string[]): GpuEntry;
  globals: object;
}

interface GpuEntry {
  requestAdapter(): Promise<{
    info: { vendor: string; architecture: string; isFallbackAdapter?: boolean };
  } | null>;
}

/** One for the process: adapters end with the object they came from. */
let gpuEntry: GpuEntry | undefined;
function gpuOf(create: WebGpuPackage["create"]): GpuEntry {
  return (gpuEntry ??= create([]));
}

/** The umbrella package: it registers the gradients of every operator. */
async function loadUmbrella(): Promise<TfModule> {
  const tf = await load<TfModule>("@tensorflow/tfjs");
  tf.enableProdMode();
  return tf;
}

/**
 * Imports a CommonJS package. Its name is a parameter and the import marked,
 * so that bundlers leave it to Node.
 */
async function load<T>(name: string): Promise<T> {
  const imported = (await import(
    /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name
  )) as { default?: T };
  return imported.default ?? (imported as T);
}

async function start(tf: TfModule, backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) {
    throw new Error(`its ${backend} backend does not start`);
  }
}

function ready(
  tf: TfModule,
  backend: string,
  description: string,
  accelerated: boolean,
): LoadedDevice {
  return { tf, backend, description, accelerated, failure: () => null };
}

/** WebGPU reports a failed command as an event, not to the caller. */
function watchErrors(tf: TfModule): () => Error | null {
  let failure: Error | null = null;
  const { device } = tf.backend() as unknown as { device: EventTarget };
  device.addEventListener("uncapturederror", (event) => {
    const { error } = event as Event & { error: { message: string } };
    failure ??= new Error(error.message);
  });
  return () => failure;
}

/** The first line of what went wrong, as part of a sentence. */
function reasonOf(error: unknown): string {
  if (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_MODULE_NOT_FOUND"
  ) {
    return "its package is not installed";
  }
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0]!.replace(/\.$/, "");
}

import {
  ENGINE_CHOICES,
  EngineError,
  openEngine,
  TFJS_DEVICES,
  type Engine,
  type EngineChoice,
  type TfjsDevice,
} from "#lib/compute/index";
import type { OptionTable, OptionValues } from "../_cli/options";
import type { StepUi } from "./console";

/** What every command that runs a model lets people choose. */
export const ENGINE_OPTIONS = {
  engine: {
    type: "choice",
    choices: ENGINE_CHOICES,
    default: "auto",
    help: "onnx (CPU), tfjs (GPU), or auto: tfjs if a GPU is there and faster",
  },
  device: {
    type: "choice",
    choices: TFJS_DEVICES,
    help: "where tfjs runs; default: the first of these that can be had",
  },
} as const satisfies OptionTable;

export interface EngineRequest {
  choice: EngineChoice;
  device?: TfjsDevice;
}

/** What a request without a choice means. */
export const DEFAULT_ENGINE: EngineRequest = { choice: "auto" };

/** Which engine did the work, and why: to be kept with what it made. */
export interface EngineRecord {
  name: Engine["name"];
  device: string;
  reason: string;
}

/** The request that the options make. */
export function engineRequest(
  options: OptionValues<typeof ENGINE_OPTIONS>,
): EngineRequest {
  return {
    choice: options.engine,
    ...(options.device === undefined ? {} : { device: options.device }),
  };
}

/**
 * Opens the engine that was asked for, says which it is and why, and works
 * with it. If it is a GPU that fails on the way, the work is done again on the
 * CPU; work that keeps checkpoints goes on from the last.
 */
export async function withEngine<T>(
  request: { engine?: EngineRequest; threads?: number },
  ui: StepUi,
  work: (engine: Engine, record: EngineRecord) => Promise<T>,
): Promise<T> {
  const { choice, device } = request.engine ?? DEFAULT_ENGINE;
  const threads =
    request.threads === undefined ? {} : { threads: request.threads };
  const opened = await openEngine(choice, {
    ...threads,
    ...(device === undefined ? {} : { device }),
  });
  try {
    return await attempt(opened, ui, work);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    ui.say(`engine   ${error.message}`);
    const { engine } = await openEngine("onnx", threads);
    const reason = `The ${opened.engine.device} device failed on the way.`;
    return attempt({ engine, reason }, ui, work);
  }
}

async function attempt<T>(
  { engine, reason }: { engine: Engine; reason: string },
  ui: StepUi,
  work: (engine: Engine, record: EngineRecord) => Promise<T>,
): Promise<T> {
  const { name, device } = engine;
  ui.say(`engine   ${name} (${device}): ${reason}`);
  try {
    return await work(engine, { name, device, reason });
  } finally {
    await engine.dispose();
  }
}

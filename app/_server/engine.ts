import { AppError } from "#lib/errors";
import { Gpt2 } from "#lib/gpt2/index";
import { resolveModel } from "#lib/gpt2/index";
import { createEncoder, loadSae, type SaeEncoder } from "#lib/sae/index";
import { saeFolder } from "./paths";

/** A language model and an SAE in memory, ready to read text. */
export interface Engine {
  model: Gpt2;
  encoder: SaeEncoder;
}

export interface EngineKey {
  saeId: string;
  /** Content hash of the SAE that the index was built from. */
  saeHash: string;
  modelName: string;
}

/** What an encoder answers. */
export type SparseCode = Awaited<ReturnType<SaeEncoder["encode"]>>;

/** More SAEs than this are not held in memory at once. */
const MAX_ENCODERS = 2;
/** More requests than this do not wait for their turn. */
const MAX_WAITING = 16;

interface Engines {
  models: Map<string, Gpt2>;
  /** By SAE hash, the one used last at the end. */
  encoders: Map<string, SaeEncoder>;
  /** Settles when all work handed in so far is done. */
  tail: Promise<unknown>;
  waiting: number;
}

/*
 * On globalThis: a web server bundles this module into several copies, which
 * are to share one model.
 */
const KEY = Symbol.for("monolex.engines");
const shared = globalThis as { [KEY]?: Engines };

/**
 * Runs `work` with the engine of an SAE, one piece of work at a time. Models
 * and SAEs are loaded at first use.
 *
 * @throws AppError "rate_limited" when too many wait; "unavailable" when the
 *   SAE's files are not those its index was built from.
 */
export async function withEngine<T>(
  key: EngineKey,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engines = (shared[KEY] ??= {
    models: new Map(),
    encoders: new Map(),
    tail: Promise.resolve(),
    waiting: 0,
  });
  if (engines.waiting >= MAX_WAITING) {
    throw new AppError(
      "rate_limited",
      "Too many texts are waiting for the model; try again in a moment.",
    );
  }
  engines.waiting++;
  const turn = engines.tail.then(async () => {
    // The model first: it is the larger wait, and SAEs share it.
    const model = await loadModel(engines, key.modelName);
    return work({ model, encoder: await loadEncoder(engines, key) });
  });
  engines.tail = turn.catch(() => undefined);
  try {
    return await turn;
  } finally {
    engines.waiting--;
  }
}

async function loadModel(engines: Engines, name: string): Promise<Gpt2> {
  const known = engines.models.get(name);
  if (known) return known;
  const model = await Gpt2.load(await resolveModel(name), { name });
  engines.models.set(name, model);
  return model;
}

async function loadEncoder(
  { encoders }: Engines,
  { saeId, saeHash }: EngineKey,
): Promise<SaeEncoder> {
  const known = encoders.get(saeHash);
  if (known) {
    encoders.delete(saeHash);
    encoders.set(saeHash, known);
    return known;
  }
  const sae = await loadSae(saeFolder(saeId));
  if (sae.hash !== saeHash) {
    throw new AppError(
      "unavailable",
      `The SAE ${saeId} was trained again after it was indexed; run \`npm run index -- --sae ${saeId}\`.`,
    );
  }
  const encoder = await createEncoder(sae);
  encoders.set(saeHash, encoder);
  for (const [hash, oldest] of encoders) {
    if (encoders.size <= MAX_ENCODERS) break;
    encoders.delete(hash);
    await oldest.dispose();
  }
  return encoder;
}

import { AppError } from "#lib/errors";
import { BOS, Gpt2, resolveModel } from "#lib/gpt2/index";
import {
  createEncoder,
  loadSae,
  type Sae,
  type SaeEncoder,
} from "#lib/sae/index";

/** Which model and SAE read a text, and how. */
export interface LensKey {
  saeId: string;
  /** Folder of the SAE's files. */
  folder: string;
  /** Content hash of the SAE that the index was built from. */
  saeHash: string;
  modelName: string;
  hookName: string;
  /** Tokens of a context, BOS included. */
  contextSize: number;
  /** Text that says what is usual: whole contexts, one after another. */
  reference: Uint16Array;
}

/** A language model and an SAE in memory, ready to read text. */
export interface Lens {
  model: Gpt2;
  sae: Sae;
  encoder: SaeEncoder;
  contextSize: number;
  /** Mean of x over the reference text, BOS left out; [dIn]. */
  mean: Float64Array;
}

/** More SAEs than this are not held in memory at once. */
const MAX_LENSES = 2;

/** Models and SAEs, loaded when they are first asked for. */
export class Lenses {
  /** @param threads that one operator may use. */
  constructor(private readonly threads: number) {}

  private readonly models = new Map<string, Gpt2>();
  /** By SAE hash, the one used last at the end. */
  private readonly lenses = new Map<string, Lens>();

  /**
   * @throws AppError "unavailable" when the SAE's files are not those its
   *   index was built from, and what loading them throws.
   */
  async open(key: LensKey): Promise<Lens> {
    const known = this.lenses.get(key.saeHash);
    if (known) {
      this.lenses.delete(key.saeHash);
      this.lenses.set(key.saeHash, known);
      return known;
    }
    // The model first: it is the larger wait, and SAEs share it.
    const model = await this.model(key.modelName);
    const lens = await openLens(key, model, this.threads);
    this.lenses.set(key.saeHash, lens);
    for (const [hash, oldest] of this.lenses) {
      if (this.lenses.size <= MAX_LENSES) break;
      this.lenses.delete(hash);
      await oldest.encoder.dispose();
    }
    return lens;
  }

  private async model(name: string): Promise<Gpt2> {
    const known = this.models.get(name);
    if (known) return known;
    const model = await Gpt2.load(await resolveModel(name), {
      name,
      threads: this.threads,
    });
    this.models.set(name, model);
    return model;
  }
}

async function openLens(
  key: LensKey,
  model: Gpt2,
  threads: number,
): Promise<Lens> {
  const sae = await loadSae(key.folder);
  if (sae.hash !== key.saeHash) {
    throw new AppError(
      "unavailable",
      `The SAE ${key.saeId} was trained again after it was indexed; run \`npm run index -- --sae ${key.saeId}\`.`,
    );
  }
  return {
    model,
    sae,
    encoder: await createEncoder(sae, { threads }),
    contextSize: Math.min(key.contextSize, model.config.nCtx),
    mean: await meanActivation(model, key),
  };
}

/** Eq. 42's m. */
async function meanActivation(
  model: Gpt2,
  { reference, contextSize, hookName }: LensKey,
): Promise<Float64Array> {
  const { dModel } = model.config;
  const batch = reference.length / contextSize;
  const x = await model.residual(reference, batch, hookName);
  const mean = new Float64Array(dModel);
  let count = 0;
  reference.forEach((id, row) => {
    if (id === BOS) return;
    count++;
    for (let c = 0; c < dModel; c++) mean[c]! += x[row * dModel + c]!;
  });
  return mean.map((sum) => sum / count);
}

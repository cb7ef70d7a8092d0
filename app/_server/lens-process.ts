import type { IndexReader } from "#lib/db/index";
import type { LensKey } from "#lib/lens/index";
// Not from the index: the server needs none of what the process runs.
import { LensProcess } from "#lib/lens/lens-process";
import { readerOf } from "./databases";
import { saeFolder } from "./paths";

/** Contexts of the indexed text that say what is usual (docs/method.md, Eq. 42). */
const REFERENCE_CONTEXTS = 64;

/*
 * On globalThis: a web server bundles this module into several copies, which
 * are to share one process.
 */
const KEY = Symbol.for("monolex.lens");
const shared = globalThis as { [KEY]?: LensProcess };

/** The process that runs the models. */
export function lensProcess(): LensProcess {
  return (shared[KEY] ??= new LensProcess());
}

const references = new WeakMap<IndexReader, Uint16Array>();

/** What the process needs to know of an SAE. @throws as `readerOf` does. */
export function lensKey(saeId: string): LensKey {
  const reader = readerOf(saeId);
  const { manifest } = reader;
  let reference = references.get(reader);
  if (reference === undefined) {
    reference = reader.spreadSequences(REFERENCE_CONTEXTS);
    references.set(reader, reference);
  }
  return {
    saeId: manifest.saeId,
    folder: saeFolder(manifest.saeId),
    saeHash: manifest.saeHash,
    modelName: manifest.modelName,
    hookName: manifest.hookName,
    contextSize: manifest.contextSize,
    reference,
  };
}

/** Starts the process and loads the model and the SAE, before anyone asks. */
export function warmLens(saeId: string): void {
  const lens = lensProcess();
  if (lens.load > 0) return;
  // What is wrong is said when a text is read.
  lens.ask("prepare", lensKey(saeId), {}).catch(() => undefined);
}

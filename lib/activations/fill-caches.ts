import type { ActivationSource } from "#lib/sae/index";
import type { ActivationCache } from "./activation-cache";
import {
  readResiduals,
  type ResidualModel,
  type ResidualText,
} from "./residual-source";

/** Sequences computed before they are written. */
const CHUNK = 512;

/** A hook's activations and where they are kept. */
export interface HookCache {
  hookName: string;
  source: ActivationSource;
  cache: ActivationCache;
}

/**
 * One pass of the model that fills the caches of several hooks: what takes
 * most of the time is shared. Sequences that all of them have are skipped, so
 * an interrupted pass goes on where it stopped.
 */
export async function fillCaches(
  model: ResidualModel,
  text: ResidualText,
  hooks: readonly HookCache[],
  bosTokenId: number,
  /** Those that are wanted. */
  sequences: Uint32Array,
  options: {
    signal?: AbortSignal;
    /** Sequences done, those that were there before included. */
    onProgress?: (sequences: number) => void;
  } = {},
): Promise<void> {
  const missing = sequences.filter(
    (s) => !hooks.every(({ cache }) => cache.has(s)),
  );
  const { dModel } = model.config;
  const names = hooks.map(({ hookName }) => hookName);
  const { rowsOf } = hooks[0]!.source;
  for (let from = 0; from < missing.length; from += CHUNK) {
    options.signal?.throwIfAborted();
    const part = missing.subarray(from, from + CHUNK);
    const rows = part.reduce((sum, s) => sum + rowsOf(s), 0);
    const outs = names.map(() => new Float32Array(rows * dModel));
    await readResiduals(model, text, names, bosTokenId, part, outs);
    for (const [i, { cache }] of hooks.entries()) {
      await cache.write(part, outs[i]!);
    }
    options.onProgress?.(
      sequences.length - missing.length + from + part.length,
    );
  }
}

import type { ActivationSource } from "#lib/sae/index";
import type { ActivationCache } from "./activation-cache";

/**
 * The source's activations rounded to float16, read from the cache where it
 * has them and kept there where there is room. What comes out does not depend
 * on what the cache holds.
 */
export function cachedSource(
  source: ActivationSource,
  cache: ActivationCache,
): ActivationSource {
  const { dIn, rowsOf } = source;
  const readRest = async (sequences: Uint32Array, out: Float32Array) => {
    await source.read(sequences, out);
    const rows = sequences.reduce((sum, s) => sum + rowsOf(s), 0);
    await cache.write(sequences, out.subarray(0, rows * dIn));
  };
  return {
    ...source,
    fingerprint: `${source.fingerprint} float16`,
    async read(sequences, out) {
      // Runs of sequences that are there, and of those that are not.
      let at = 0;
      for (let from = 0; from < sequences.length;) {
        const held = cache.has(sequences[from]!);
        let to = from + 1;
        while (to < sequences.length && cache.has(sequences[to]!) === held) {
          to++;
        }
        const run = sequences.subarray(from, to);
        const target = out.subarray(at);
        if (!held || !(await cache.read(run, target))) {
          await readRest(run, target);
        }
        at += run.reduce((sum, s) => sum + rowsOf(s), 0) * dIn;
        from = to;
      }
    },
  };
}

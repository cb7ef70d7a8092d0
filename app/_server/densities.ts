import type { IndexReader } from "#lib/db/index";

/** Looked up at a time, so that other requests get their turn in between. */
const BATCH = 2_000;

/** Share of the indexed tokens that each of these features fires on. */
export async function densities(
  reader: IndexReader,
  features: Uint32Array,
): Promise<Float32Array> {
  const { tokens } = reader.manifest;
  const out = new Float32Array(features.length);
  for (let from = 0; from < features.length; from += BATCH) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    const batch = features.subarray(from, from + BATCH);
    const counts = reader.firingCounts(batch);
    batch.forEach((feature, i) => {
      out[from + i] = (counts.get(feature) ?? 0) / tokens;
    });
  }
  return out;
}

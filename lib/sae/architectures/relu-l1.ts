import type { ArchitectureDefinition } from "./architecture";

/**
 * ReLU + L1, the seed's objective (docs/method.md, Eq. 1–2): f = ReLU(z), and
 * the loss adds λ‖f‖₁, whose gradient is λ on every active latent.
 */
export const reluL1: ArchitectureDefinition = {
  activate(graph, z) {
    graph.output(z, "float32", ["rows", "dSae"], "z");
  },

  feeds: () => ({}),

  collect(results, rows, into) {
    const z = results.z!.data as Float32Array;
    const dSae = z.length / rows;
    let entry = into.rowPtr[into.rows]!;
    for (let row = 0, at = 0; row < rows; row++) {
      into.reserve(entry + dSae);
      const { indices, values } = into;
      for (let i = 0; i < dSae; i++, at++) {
        const value = z[at]!;
        if (value > 0) {
          indices[entry] = i;
          values[entry++] = value;
        }
      }
      into.rowPtr[++into.rows] = entry;
    }
  },

  maxEntriesPerRow: ({ dSae }) => dSae,
};

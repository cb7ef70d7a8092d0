import { int64 } from "#lib/compute/index";
import type { ArchitectureDefinition } from "./architecture";

const INT32 = 6; // onnx.proto: TensorProto.DataType.INT32

/**
 * TopK (Gao et al. 2024, Eq. 3 in docs/method.md): f = ReLU(TopK(z)). Exactly
 * k latents are selected per token; one whose pre-activation is negative is
 * selected and silent. Ties go to the engine's first; there is no threshold
 * that could let more than k through.
 */
export const topk: ArchitectureDefinition = {
  activate(graph, z) {
    const k = graph.input("k", "int64", [1]);
    const [values, indices] = graph.multi("TopK", [z, k], 2, { sorted: 0 });
    graph.output(values!, "float32", ["rows", "k"], "values");
    graph.output(
      graph.node("Cast", [indices!], { to: INT32 }),
      "int32",
      ["rows", "k"],
      "indices",
    );
  },

  feeds: (k) => ({ k: int64([k], [1]) }),

  collect(results, rows, into) {
    const values = results.values!.data as Float32Array;
    const indices = results.indices!.data as Int32Array;
    const k = values.length / rows;
    let entry = into.rowPtr[into.rows]!;
    into.reserve(entry + values.length);
    for (let row = 0, at = 0; row < rows; row++) {
      for (let j = 0; j < k; j++, at++) {
        const value = values[at]!;
        if (value > 0) {
          into.indices[entry] = indices[at]!;
          into.values[entry++] = value;
        }
      }
      into.rowPtr[++into.rows] = entry;
    }
  },

  maxEntriesPerRow: ({ k }) => k!,
};

import type { GraphBuilder, Tensor } from "#lib/compute/index";
import type { CodeBuffer } from "#lib/sae/code-buffer";

/** Names of the encoder's weights as they are fed to its graph. */
export interface EncoderInputs {
  /** [rows, dIn] */
  x: string;
  /** [dSae, dIn] */
  W_enc: string;
  /** [dSae] */
  b_enc: string;
  /** [dIn] */
  b_dec: string;
}

/**
 * What sets one architecture apart: how pre-activations become a sparse code,
 * and which terms its loss has. Everything else (decoding, gradients, the
 * optimiser) is the same for all and works on the code.
 */
export interface ArchitectureDefinition {
  /** Declares the graph's extra inputs, its nodes after z, and its outputs. */
  activate(graph: GraphBuilder, z: string): void;
  /** Feeds for those extra inputs; `k` as asked for in this call. */
  feeds(k: number): Record<string, Tensor>;
  /** Appends `rows` rows of the graph's results to the buffer. */
  collect(
    results: Record<string, Tensor>,
    rows: number,
    into: CodeBuffer,
  ): void;
  /** The most non-zeros a row can have. */
  maxEntriesPerRow(shape: { dSae: number; k: number | null }): number;
}

/** z = (x − b_dec) W_encᵀ + b_enc (docs/method.md, Eq. 1). */
export function preActivations(graph: GraphBuilder, w: EncoderInputs): string {
  const centred = graph.node("Sub", [w.x, w.b_dec]);
  return graph.node("Gemm", [centred, w.W_enc, w.b_enc], { transB: 1 });
}

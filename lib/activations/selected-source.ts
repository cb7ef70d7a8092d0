import { createHash } from "node:crypto";
import type { ActivationSource } from "#lib/sae/index";

/** Only these sequences of a source, numbered from 0 in the order given. */
export function selectedSource(
  source: ActivationSource,
  sequences: Uint32Array,
): ActivationSource {
  const chosen = createHash("sha256").update(sequences.join(" ")).digest("hex");
  return {
    dIn: source.dIn,
    sequences: sequences.length,
    fingerprint: `${source.fingerprint} ${chosen}`,
    rowsOf: (i) => source.rowsOf(sequences[i]!),
    read: (wanted, out) =>
      source.read(
        wanted.map((i) => sequences[i]!),
        out,
      ),
  };
}

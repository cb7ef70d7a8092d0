import { createHash } from "node:crypto";
import type { Packed } from "./pack";

/** One split of a corpus, ready for training or indexing. */
export interface PackedCorpus extends Packed {
  /** "default", or the name of a file, folder or data set. */
  name: string;
  /** sha256 in hex over the tokens and the documents' titles. */
  hash: string;
}

export interface SplitCorpus {
  train: PackedCorpus;
  heldOut: PackedCorpus;
}

/** Names packed sequences and makes their hash. */
export function nameCorpus(name: string, packed: Packed): PackedCorpus {
  const { tokens, documents } = packed;
  const hash = createHash("sha256")
    .update(new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength))
    .update(JSON.stringify(documents.map(({ title }) => title)))
    .digest("hex");
  return { ...packed, name, hash };
}

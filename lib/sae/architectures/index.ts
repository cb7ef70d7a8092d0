/** One file an architecture; this table is the only list of them. */
import type { Architecture } from "#lib/sae/config";
import type { ArchitectureDefinition } from "./architecture";
import { batchTopk } from "./batch-topk";
import { gated } from "./gated";
import { jumprelu } from "./jumprelu";
import { matryoshkaBatchTopk } from "./matryoshka";
import { reluL1 } from "./relu-l1";
import { topk } from "./topk";

export const DEFINITIONS: Record<Architecture, ArchitectureDefinition> = {
  topk,
  batch_topk: batchTopk,
  matryoshka_batch_topk: matryoshkaBatchTopk,
  jumprelu,
  gated,
  relu_l1: reluL1,
};

/** One file an architecture; this table is the only list of them. */
import type { Architecture } from "#lib/sae/config";
import type { ArchitectureDefinition } from "./architecture";
import { reluL1 } from "./relu-l1";
import { topk } from "./topk";

export const DEFINITIONS: Record<Architecture, ArchitectureDefinition> = {
  topk,
  relu_l1: reluL1,
};

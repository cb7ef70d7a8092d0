import type { SaeSummary } from "#lib/contract/index";

const NAMES: Record<string, string> = {
  relu_l1: "ReLU + L1",
  gated: "Gated",
  jumprelu: "JumpReLU",
  topk: "TopK",
  batch_topk: "BatchTopK",
  matryoshka_batch_topk: "Matryoshka BatchTopK",
};

/** "batch_topk" → "BatchTopK"; a name that is not known stays as it is. */
export function architectureTitle(architecture: string): string {
  return NAMES[architecture] ?? architecture;
}

/** "TopK, k = 32" */
export function architectureName(
  sae: Pick<SaeSummary, "architecture" | "k">,
): string {
  const title = architectureTitle(sae.architecture);
  return sae.k === null ? title : `${title}, k = ${sae.k}`;
}

/** A colour for each architecture, the same in every chart. */
export function architectureColour(architecture: string): string {
  const place = Object.keys(NAMES).indexOf(architecture);
  return place < 0 ? "var(--series-other)" : `var(--series-${place + 1})`;
}

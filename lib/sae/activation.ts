import type { Architecture } from "./config";

/** How a trained SAE turns pre-activations into features. */
export type Activation = "topk" | "relu" | "jumprelu" | "gated";

/**
 * A batch_topk or Matryoshka SAE is read token by token, with the threshold it
 * learned (docs/method.md, Eq. 27), which makes it a JumpReLU SAE.
 */
const ACTIVATIONS: Record<Architecture, Activation> = {
  topk: "topk",
  batch_topk: "jumprelu",
  matryoshka_batch_topk: "jumprelu",
  jumprelu: "jumprelu",
  gated: "gated",
  relu_l1: "relu",
};

export function activationOf(architecture: Architecture): Activation {
  return ACTIVATIONS[architecture];
}

import { AppError } from "#lib/errors";
import type { Gpt2Config } from "./config";

/**
 * A point of the residual stream, by how many sublayers come before it:
 * stage 2l is blocks.l.hook_resid_pre (and the post of block l − 1), stage
 * 2l + 1 blocks.l.hook_resid_mid, stage 2·nLayers + 1 the final LayerNorm.
 */
export interface Hook {
  name: string;
  stage: number;
}

const OFFSET = { pre: 0, mid: 1, post: 2 } as const;
/** The residual stream after the final LayerNorm; logits are its product with W_U. */
export const FINAL_HOOK = "ln_final.hook_normalized";

/**
 * Parses a hook point's TransformerLens name.
 *
 * @throws AppError for a name that is not a residual hook of this model.
 */
export function parseHook(
  name: string,
  config: Pick<Gpt2Config, "nLayers">,
): Hook {
  if (name === FINAL_HOOK) return { name, stage: finalStage(config) };
  const match = /^blocks\.(\d+)\.hook_resid_(pre|mid|post)$/.exec(name);
  if (match === null) {
    throw new AppError(
      "invalid",
      `"${name}" is not a residual hook: use blocks.LAYER.hook_resid_pre, hook_resid_mid or hook_resid_post, or ${FINAL_HOOK}.`,
    );
  }
  const layer = Number(match[1]);
  if (layer >= config.nLayers) {
    throw new AppError(
      "invalid",
      `"${name}": this model has layers 0 to ${config.nLayers - 1}.`,
    );
  }
  return { name, stage: 2 * layer + OFFSET[match[2] as keyof typeof OFFSET] };
}

/** The stage of ln_final.hook_normalized. */
export function finalStage(config: Pick<Gpt2Config, "nLayers">): number {
  return 2 * config.nLayers + 1;
}

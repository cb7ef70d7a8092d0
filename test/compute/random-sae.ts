import type { Architecture, Sae } from "#lib/sae/index";
import { normal } from "./operator-cases";

const D_IN = 24;
const D_SAE = 96;

/** A small SAE of random weights, one that fires on normal inputs. */
export function randomSae(architecture: Architecture): Sae {
  const vector = (scale: number, base = 0): Float32Array =>
    Float32Array.from(
      normal([D_SAE], scale).data as Float32Array,
      (v) => base + v,
    );
  return {
    id: architecture,
    config: {
      architecture,
      dIn: D_IN,
      dSae: D_SAE,
      k: architecture === "topk" ? 7 : null,
      modelName: "none",
      hookName: "blocks.0.hook_resid_pre",
      contextSize: 8,
      corpusName: "none",
    },
    W_enc: normal([D_SAE, D_IN], 0.3).data as Float32Array,
    W_dec: normal([D_SAE, D_IN], 0.2).data as Float32Array,
    b_enc: vector(0.1),
    b_dec: normal([D_IN], 0.1).data as Float32Array,
    threshold: vector(0.05, 0.5),
    r_mag: vector(0.1),
    b_mag: vector(0.1),
    hash: "",
  };
}

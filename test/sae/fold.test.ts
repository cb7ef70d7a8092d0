import { describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import { activationOf } from "#lib/sae/activation";
import { ARCHITECTURES, type Architecture } from "#lib/sae/config";
import { createEncoder, decode } from "#lib/sae/encode";
import { foldDecoderNorms, foldScale } from "#lib/sae/fold";
import type { Sae, SaeWeights } from "#lib/sae/sae";
import { expectClose } from "#test/tolerance";
import { rowNorms } from "./problem";

const dIn = 12;
const dSae = 30;
const rows = 40;

function weightsOf(architecture: Architecture, rng: Rng): SaeWeights {
  const normal = (length: number, scale = 1, shift = 0) =>
    Float32Array.from({ length }, () => shift + scale * rng.normal());
  const activation = activationOf(architecture);
  return {
    W_enc: normal(dSae * dIn, 0.4),
    W_dec: normal(dSae * dIn, 0.4),
    b_enc: normal(dSae, 0.2),
    b_dec: normal(dIn, 1, 5),
    ...(activation === "jumprelu"
      ? { threshold: normal(dSae, 0.1, 0.8).map(Math.abs) }
      : {}),
    ...(activation === "gated"
      ? { r_mag: normal(dSae, 0.2), b_mag: normal(dSae, 0.2) }
      : {}),
  };
}

async function reconstruct(
  architecture: Architecture,
  weights: SaeWeights,
  x: Float32Array,
) {
  const sae: Sae = {
    id: "sae",
    hash: "",
    config: {
      architecture,
      dIn,
      dSae,
      k: 4,
      modelName: "model",
      hookName: "hook",
      contextSize: 8,
      corpusName: "corpus",
    },
    ...weights,
  };
  const encoder = await createEncoder(sae);
  const code = await encoder.encode(x, rows);
  await encoder.dispose();
  return { xHat: decode(sae, code), entries: code.rowPtr[rows]! };
}

function problemOf(architecture: Architecture) {
  const rng = new Rng(12);
  const weights = weightsOf(architecture, rng);
  const x = Float32Array.from({ length: rows * dIn }, () => 5 + rng.normal());
  return { weights, x };
}

describe.each(ARCHITECTURES)("folding into the weights of %s", (name) => {
  const { weights, x } = problemOf(name);

  it("leaves the reconstruction of scaled inputs what it was", async () => {
    const scale = 0.37;
    const scaled = await reconstruct(
      name,
      weights,
      x.map((v) => v * scale),
    );
    const folded = await reconstruct(name, foldScale(weights, scale), x);
    expect(folded.entries).toBe(scaled.entries);
    expectClose(
      folded.xHat,
      scaled.xHat.map((v) => v / scale),
      1e-4,
    );
  });
});

// The top-k family compares latents with each other and is left as it is.
it.each(ARCHITECTURES.filter((name) => activationOf(name) !== "topk"))(
  "folding takes the decoder's norms without changing what is decoded: %s",
  async (name) => {
    const { weights, x } = problemOf(name);
    const folded = foldDecoderNorms(weights, dIn);
    const norms = rowNorms(folded.W_dec, dIn);
    expectClose(
      norms,
      norms.map(() => 1),
      1e-5,
    );
    const before = await reconstruct(name, weights, x);
    const after = await reconstruct(name, folded, x);
    expect(after.entries).toBe(before.entries);
    expectClose(after.xHat, before.xHat, 1e-4);
  },
);

import type { ArchitectureDefinition } from "./architecture";

/**
 * Gated (Rajamanoharan et al. 2024a, Eq. 30–31): the gate z = W_enc(x − b_dec) +
 * b_enc decides whether a latent is active, and f = ReLU(e^r (z − b_enc) + b_mag)
 * how strongly, so the L1 penalty on the gate does not shrink the magnitudes.
 * The gate learns to reconstruct through a decoder that is held constant.
 */
export const gated: ArchitectureDefinition = {
  selection: "above",
  latentParameters: ["r_mag", "b_mag"],
  keepsPreActivations: true,
  ownsBiasGradient: true,

  activate({ entries, indices, values, pre, latents, bEnc }) {
    const rMag = latents.r_mag.value;
    const bMag = latents.b_mag.value;
    for (let e = 0; e < entries; e++) {
      const i = indices[e]!;
      const magnitude = Math.exp(rMag[i]!) * (pre[e]! - bEnc[i]!) + bMag[i]!;
      values[e] = Math.max(0, magnitude);
    }
  },

  backward(step) {
    const { entries, indices, values, pre, dValues, rows, bEnc } = step;
    const { r_mag: rMag, b_mag: bMag } = step.latents;
    const gate = step.reconstruct(pre);
    const lambda = step.sparsity / rows;
    let l1 = 0;
    for (let e = 0; e < entries; e++) {
      const i = indices[e]!;
      const dGate = gate.dValues[e]! + lambda;
      l1 += pre[e]!;
      step.biasGradient[i]! += dGate;
      let dz = dGate;
      if (values[e]! > 0) {
        const df = dValues[e]!;
        const scale = Math.exp(rMag.value[i]!);
        bMag.gradient[i]! += df;
        rMag.gradient[i]! += df * scale * (pre[e]! - bEnc[i]!);
        dz += df * scale;
      }
      dValues[e] = dz;
    }
    return (step.sparsity * l1) / rows + gate.mse;
  },
};

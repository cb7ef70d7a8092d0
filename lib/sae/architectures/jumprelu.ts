import type { ArchitectureDefinition } from "./architecture";

/**
 * JumpReLU (Rajamanoharan et al. 2024, Eq. 28–29): f = z where z > θ_i, else 0,
 * and λ‖f‖₀ is added to the loss. Both jump at θ, so their gradients are
 * straight-through estimates from the tokens within half a bandwidth of it:
 * those just below take part as entries whose f is 0. The penalty's estimate
 * reaches z as well as θ. θ is trained as it is, not as its logarithm, whose
 * steps under Adam would be too small to ever arrive.
 */
export const jumprelu: ArchitectureDefinition = {
  selection: "above",
  latentParameters: ["threshold"],
  keepsPreActivations: true,
  limit: (config, threshold) => threshold - config.bandwidth / 2,

  activate({ entries, indices, values, pre, latents }) {
    const theta = latents.threshold.value;
    for (let e = 0; e < entries; e++) {
      values[e] = pre[e]! > theta[indices[e]!]! ? pre[e]! : 0;
    }
  },

  backward(step) {
    const { config, rows, entries, indices, values, pre, dValues } = step;
    const { value: theta, gradient } = step.latents.threshold;
    const half = config.bandwidth / 2;
    const penalty = step.sparsity / rows / config.bandwidth;
    let active = 0;
    for (let e = 0; e < entries; e++) {
      const i = indices[e]!;
      const df = dValues[e]!;
      let dz = 0;
      if (values[e]! > 0) {
        dz = df;
        active++;
      }
      if (Math.abs(pre[e]! - theta[i]!) < half) {
        gradient[i]! -= (theta[i]! / config.bandwidth) * df + penalty;
        dz += penalty;
      }
      dValues[e] = dz;
    }
    return (step.sparsity * active) / rows;
  },
};

/** How strong an activation looks: 0 no fill, 1 … 4 the ramp's steps. */
export type ActivationStep = 0 | 1 | 2 | 3 | 4;

/**
 * The step of a value relative to the feature's own maximum over the indexed
 * corpus: quarters of it. Any firing at all is at least step 1.
 */
export function activationStep(value: number, max: number): ActivationStep {
  if (!(value > 0) || !(max > 0)) return 0;
  return Math.max(
    1,
    Math.min(4, Math.ceil((4 * value) / max)),
  ) as ActivationStep;
}

/** The ramp's colours, as app/globals.css has them; a test holds them together. */
export const RAMP = {
  light: {
    text: "#1c1917",
    fills: ["#fef3c7", "#fde68a", "#fbbf24", "#d97706"],
    otherFills: ["#dbeafe", "#bfdbfe", "#93c5fd", "#60a5fa"],
  },
  dark: {
    text: "#fafaf9",
    fills: ["#451a03", "#78350f", "#92400e", "#b45309"],
    otherFills: ["#172554", "#1e3a8a", "#1e40af", "#1d4ed8"],
  },
} as const;

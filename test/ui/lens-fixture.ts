import type { LensPredictions, LensText } from "#app/_queries/lens";

/** A reading of four tokens in two windows, with round figures. */
export function readingOf(change: Partial<LensText> = {}): LensText {
  return {
    tokens: [
      { id: 464, text: "The" },
      { id: 27081, text: " <whale>" },
      { id: 198, text: "\n" },
      { id: 1, text: "", partial: true },
    ],
    contextSize: 3,
    windows: [
      { start: 0, from: 0, to: 2 },
      { start: 1, from: 2, to: 4 },
    ],
    code: {
      rowPtr: Uint32Array.of(0, 2, 3, 3, 5),
      features: Uint32Array.of(7, 9, 9, 8, 7),
      values: Float32Array.of(4, 1, 8, 3, 2),
    },
    l0: Uint32Array.of(2, 1, 0, 2),
    error: Float32Array.of(0.05, 0.12, 0.25, 0.5),
    unexplained: 0.1,
    features: {
      feature: Uint32Array.of(7, 8, 9),
      maxValue: Float32Array.of(4, 3, 8),
      maxToken: Uint32Array.of(0, 3, 1),
      sum: Float32Array.of(6, 3, 9),
      tokensFired: Uint32Array.of(2, 1, 2),
      density: Float32Array.of(0.2, 0.001, 0.01),
    },
    milliseconds: 12,
    ...change,
  };
}

export function predictionsOf(): LensPredictions {
  return {
    ce: Float32Array.of(1, 3, 9, NaN),
    ceSpliced: Float32Array.of(1.05, 4.5, 6, NaN),
    kl: Float32Array.of(0.01, 0.2, 2, NaN),
    top: (token) => [{ token: { id: token, text: " x" }, probability: 0.5 }],
    milliseconds: 30,
  };
}

/** The slow, obvious float64 optimiser: Adam and the unit-norm constraint. */
export interface AdamConfig {
  lr: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

/** One Adam step (t = 1, 2, …) in place. */
export function adamStep(
  p: Float64Array,
  m: Float64Array,
  v: Float64Array,
  g: Float64Array,
  t: number,
  a: AdamConfig,
): void {
  for (let i = 0; i < p.length; i++) {
    m[i] = a.beta1 * m[i]! + (1 - a.beta1) * g[i]!;
    v[i] = a.beta2 * v[i]! + (1 - a.beta2) * g[i]! ** 2;
    const mHat = m[i]! / (1 - a.beta1 ** t);
    const vHat = v[i]! / (1 - a.beta2 ** t);
    p[i]! -= (a.lr * mHat) / (Math.sqrt(vHat) + a.epsilon);
  }
}

/** Removes from each row of g its component along the same row of w. */
export function projectRows(g: Float64Array, w: Float64Array, d: number): void {
  for (let i = 0; i < g.length; i += d) {
    let along = 0;
    for (let c = 0; c < d; c++) along += g[i + c]! * w[i + c]!;
    for (let c = 0; c < d; c++) g[i + c]! -= along * w[i + c]!;
  }
}

export function normaliseRows(w: Float64Array, d: number): void {
  for (let i = 0; i < w.length; i += d) {
    let square = 0;
    for (let c = 0; c < d; c++) square += w[i + c]! ** 2;
    for (let c = 0; c < d; c++) w[i + c]! /= Math.sqrt(square);
  }
}

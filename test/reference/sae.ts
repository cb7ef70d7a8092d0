/**
 * The slow, obvious float64 sparse autoencoder: dense matrices, plain loops,
 * the equations of docs/method.md one after another. Everything the fast
 * trainer computes is compared with this.
 *
 * Shapes: x [rows × dIn]; W_enc and W_dec [dSae × dIn], one row per latent.
 */
export interface Params {
  W_enc: Float64Array;
  W_dec: Float64Array;
  b_enc: Float64Array;
  b_dec: Float64Array;
}

export interface Problem {
  architecture: "topk" | "relu_l1";
  rows: number;
  dIn: number;
  dSae: number;
  k: number;
  l1: number;
  /** Dead latents and what the auxiliary loss does with them. */
  aux?: { dead: number[]; k: number; coefficient: number };
}

export interface Result {
  z: Float64Array;
  f: Float64Array;
  xHat: Float64Array;
  mse: number;
  l1: number;
  auxMse: number;
  loss: number;
}

/** Which latents are active; fixed while a gradient is checked. */
export type Selection = boolean[];

export function preActivations(p: Params, x: Float64Array, q: Problem) {
  const z = new Float64Array(q.rows * q.dSae);
  for (let r = 0; r < q.rows; r++) {
    for (let i = 0; i < q.dSae; i++) {
      let sum = p.b_enc[i]!;
      for (let c = 0; c < q.dIn; c++) {
        sum += (x[r * q.dIn + c]! - p.b_dec[c]!) * p.W_enc[i * q.dIn + c]!;
      }
      z[r * q.dSae + i] = sum;
    }
  }
  return z;
}

/** The k largest positive entries of each row among the candidates. */
function strongest(
  z: Float64Array,
  q: Problem,
  candidates: number[],
  k: number,
): Selection {
  const active: Selection = new Array(z.length).fill(false);
  for (let r = 0; r < q.rows; r++) {
    const order = [...candidates].sort(
      (a, b) => z[r * q.dSae + b]! - z[r * q.dSae + a]!,
    );
    for (const i of order.slice(0, k)) {
      active[r * q.dSae + i] = z[r * q.dSae + i]! > 0;
    }
  }
  return active;
}

export function select(z: Float64Array, q: Problem): Selection {
  const all = Array.from({ length: q.dSae }, (_, i) => i);
  return strongest(z, q, all, q.architecture === "topk" ? q.k : q.dSae);
}

export function selectAux(z: Float64Array, q: Problem): Selection {
  return strongest(z, q, q.aux!.dead, q.aux!.k);
}

function decode(
  f: Float64Array,
  W_dec: Float64Array,
  bias: Float64Array | null,
  q: Problem,
) {
  const out = new Float64Array(q.rows * q.dIn);
  for (let r = 0; r < q.rows; r++) {
    for (let c = 0; c < q.dIn; c++) {
      let sum = bias === null ? 0 : bias[c]!;
      for (let i = 0; i < q.dSae; i++) {
        sum += f[r * q.dSae + i]! * W_dec[i * q.dIn + c]!;
      }
      out[r * q.dIn + c] = sum;
    }
  }
  return out;
}

const masked = (z: Float64Array, on: Selection) =>
  z.map((v, i) => (on[i] ? v : 0));

/**
 * The loss with the active sets given. `residual` is what the auxiliary code
 * models: x − x̂ at the point of expansion, held constant.
 */
export function forward(
  p: Params,
  x: Float64Array,
  q: Problem,
  active: Selection,
  auxActive?: Selection,
  residual?: Float64Array,
): Result {
  const z = preActivations(p, x, q);
  const f = masked(z, active);
  const xHat = decode(f, p.W_dec, p.b_dec, q);
  let squares = 0;
  for (let i = 0; i < x.length; i++) squares += (xHat[i]! - x[i]!) ** 2;
  const l1 = f.reduce((a, b) => a + b, 0) / q.rows;
  let auxMse = 0;
  let auxWeight = 0;
  if (q.aux && auxActive && residual) {
    const e = decode(masked(z, auxActive), p.W_dec, null, q);
    for (let i = 0; i < e.length; i++) auxMse += (e[i]! - residual[i]!) ** 2;
    auxMse /= q.rows;
    auxWeight = q.aux.coefficient * Math.min(1, q.aux.dead.length / q.aux.k);
  }
  const mse = squares / q.rows;
  return {
    z,
    f,
    xHat,
    mse,
    l1,
    auxMse,
    loss: mse + q.l1 * l1 + auxWeight * auxMse,
  };
}

/** Gradients by the chain rule, written out densely. */
export function gradients(
  p: Params,
  x: Float64Array,
  q: Problem,
  active: Selection,
  auxActive?: Selection,
): Params {
  const { dIn, dSae, rows } = q;
  const base = forward(p, x, q, active);
  const g: Params = {
    W_enc: new Float64Array(dSae * dIn),
    W_dec: new Float64Array(dSae * dIn),
    b_enc: new Float64Array(dSae),
    b_dec: new Float64Array(dIn),
  };
  const through = (
    f: Float64Array,
    on: Selection,
    dXHat: Float64Array,
    l1: number,
  ) => {
    for (let r = 0; r < rows; r++) {
      for (let i = 0; i < dSae; i++) {
        if (!on[r * dSae + i]) continue;
        let dz = l1;
        for (let c = 0; c < dIn; c++) {
          dz += dXHat[r * dIn + c]! * p.W_dec[i * dIn + c]!;
          g.W_dec[i * dIn + c]! += f[r * dSae + i]! * dXHat[r * dIn + c]!;
        }
        g.b_enc[i]! += dz;
        for (let c = 0; c < dIn; c++) {
          g.W_enc[i * dIn + c]! += dz * (x[r * dIn + c]! - p.b_dec[c]!);
          g.b_dec[c]! -= dz * p.W_enc[i * dIn + c]!;
        }
      }
    }
  };
  const dXHat = base.xHat.map((v, i) => (2 / rows) * (v - x[i]!));
  for (let i = 0; i < dXHat.length; i++) g.b_dec[i % dIn]! += dXHat[i]!;
  through(base.f, active, dXHat, q.l1 / rows);
  if (q.aux && auxActive) {
    const weight = q.aux.coefficient * Math.min(1, q.aux.dead.length / q.aux.k);
    const fAux = masked(base.z, auxActive);
    const e = decode(fAux, p.W_dec, null, q);
    const dE = e.map(
      (v, i) => weight * (2 / rows) * (v - (x[i]! - base.xHat[i]!)),
    );
    through(fAux, auxActive, dE, 0);
  }
  return g;
}

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

/**
 * The slow, obvious float64 sparse autoencoder: dense matrices, plain loops,
 * the equations of docs/method.md one after another. Everything the fast
 * trainers compute is compared with this.
 *
 * Shapes: x [rows × dIn]; W_enc and W_dec [dSae × dIn], one row per latent.
 */
import type { Architecture } from "#lib/sae/config";

export interface Params {
  W_enc: Float64Array;
  W_dec: Float64Array;
  /** For gated: the gate's bias. */
  b_enc: Float64Array;
  b_dec: Float64Array;
  /** jumprelu: θ, [dSae]. */
  threshold?: Float64Array;
  /** gated: the magnitudes' log-scale and bias, [dSae]. */
  r_mag?: Float64Array;
  b_mag?: Float64Array;
}

export interface Problem {
  architecture: Architecture;
  rows: number;
  dIn: number;
  dSae: number;
  k: number;
  /** λ */
  sparsity: number;
  decoderNormL1?: boolean;
  /** jumprelu: ε. */
  bandwidth?: number;
  /** matryoshka: the last latent of each nested dictionary, plus one. */
  groupEnds?: number[];
  /** Dead latents and what the auxiliary loss (Eq. 6) does with them. */
  aux?: { dead: number[]; k: number; coefficient: number };
  /** Dead latents and the weight of the pre-activation loss (Eq. 34). */
  preActivation?: { dead: number[]; coefficient: number };
}

export interface Result {
  /** The code that decodes to xHat. */
  f: Float64Array;
  xHat: Float64Array;
  /** Mean over tokens of ‖x − x̂‖², of the whole dictionary. */
  mse: number;
  loss: number;
}

/**
 * The point around which a loss is expanded: which latents are on, and what is
 * held constant there. Selections are not differentiable, and a straight-
 * through estimator is the gradient of a function that is linear around it.
 */
export interface Expansion {
  p: Params;
  z: Float64Array;
  /** [rows × dSae] */
  active: boolean[];
  auxActive: boolean[];
  /** x − x̂, what the auxiliary code models. */
  residual: Float64Array;
}

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

/** The k largest of the candidates (positions in z) that are positive. */
function strongest(z: Float64Array, candidates: number[], k: number) {
  return [...candidates]
    .sort((a, b) => z[b]! - z[a]!)
    .slice(0, k)
    .filter((at) => z[at]! > 0);
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Which latents are on: Eq. 2, 3, 26, 28, 30. */
export function select(z: Float64Array, p: Params, q: Problem): boolean[] {
  const on: boolean[] = new Array(z.length).fill(false);
  const turnOn = (positions: number[]) => {
    for (const at of positions) on[at] = true;
  };
  switch (q.architecture) {
    case "topk":
      for (let r = 0; r < q.rows; r++) {
        const row = range(q.dSae).map((i) => r * q.dSae + i);
        turnOn(strongest(z, row, q.k));
      }
      break;
    case "batch_topk":
    case "matryoshka_batch_topk":
      turnOn(strongest(z, range(z.length), q.k * q.rows));
      break;
    case "jumprelu":
      z.forEach((v, at) => (on[at] = v > p.threshold![at % q.dSae]!));
      break;
    case "gated":
    case "relu_l1":
      z.forEach((v, at) => (on[at] = v > 0));
  }
  return on;
}

function selectAux(z: Float64Array, q: Problem): boolean[] {
  const on: boolean[] = new Array(z.length).fill(false);
  for (let r = 0; q.aux && r < q.rows; r++) {
    const row = q.aux.dead.map((i) => r * q.dSae + i);
    for (const at of strongest(z, row, q.aux.k)) on[at] = true;
  }
  return on;
}

/** [rows × dIn]; only latents below `end` take part. */
export function decode(
  f: Float64Array,
  W_dec: Float64Array,
  bias: Float64Array | null,
  q: Problem,
  end = q.dSae,
): Float64Array {
  const out = new Float64Array(q.rows * q.dIn);
  for (let r = 0; r < q.rows; r++) {
    for (let c = 0; c < q.dIn; c++) {
      let sum = bias === null ? 0 : bias[c]!;
      for (let i = 0; i < end; i++) {
        sum += f[r * q.dSae + i]! * W_dec[i * q.dIn + c]!;
      }
      out[r * q.dIn + c] = sum;
    }
  }
  return out;
}

/** Eq. 31: e^r (z − b_gate) + b_mag, through ReLU, where the gate is open. */
export function magnitudes(
  z: Float64Array,
  p: Params,
  q: Problem,
  active: boolean[],
): Float64Array {
  return z.map((v, at) => {
    const i = at % q.dSae;
    const magnitude = Math.exp(p.r_mag![i]!) * (v - p.b_enc[i]!) + p.b_mag![i]!;
    return active[at] ? Math.max(0, magnitude) : 0;
  });
}

export function expand(p: Params, x: Float64Array, q: Problem): Expansion {
  const z = preActivations(p, x, q);
  const active = select(z, p, q);
  const f =
    q.architecture === "gated"
      ? magnitudes(z, p, q, active)
      : z.map((v, at) => (active[at] ? v : 0));
  const xHat = decode(f, p.W_dec, p.b_dec, q);
  return {
    p: structuredClone(p),
    z,
    active,
    auxActive: selectAux(z, q),
    residual: x.map((v, at) => v - xHat[at]!),
  };
}

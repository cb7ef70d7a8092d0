/**
 * Every architecture's loss around a point of expansion, and its gradient by
 * the chain rule, written out densely (docs/method.md, §1 and §5).
 */
import {
  decode,
  magnitudes,
  preActivations,
  type Expansion,
  type Params,
  type Problem,
  type Result,
} from "./sae";

/** Eq. 29: the rectangle kernel, 1 within half a bandwidth of the threshold. */
const inWindow = (z: number, threshold: number, q: Problem) =>
  Math.abs(z - threshold) < q.bandwidth! / 2;

const auxWeight = (q: Problem) =>
  q.aux ? q.aux.coefficient * Math.min(1, q.aux.dead.length / q.aux.k) : 0;

const groupEndsOf = (q: Problem) => q.groupEnds ?? [q.dSae];

function squares(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
}

export function rowNorm(w: Float64Array, i: number, d: number): number {
  return Math.hypot(...w.subarray(i * d, (i + 1) * d));
}

/** The code as a function of the parameters, selection and window held. */
function codeOf(p: Params, z: Float64Array, q: Problem, e: Expansion) {
  if (q.architecture === "gated") return magnitudes(z, p, q, e.active);
  const f = z.map((v, at) => (e.active[at] ? v : 0));
  if (q.architecture === "jumprelu") {
    for (let at = 0; at < f.length; at++) {
      const i = at % q.dSae;
      const held = e.p.threshold![i]!;
      if (inWindow(e.z[at]!, held, q)) {
        f[at]! -= (held / q.bandwidth!) * (p.threshold![i]! - held);
      }
    }
  }
  return f;
}

/** The sparsity penalty of one batch, unweighted, mean over tokens. */
function sparsityOf(
  p: Params,
  z: Float64Array,
  f: Float64Array,
  q: Problem,
  e: Expansion,
): number {
  let sum = 0;
  for (let at = 0; at < z.length; at++) {
    const i = at % q.dSae;
    switch (q.architecture) {
      case "relu_l1":
        sum += f[at]! * (q.decoderNormL1 ? rowNorm(p.W_dec, i, q.dIn) : 1);
        break;
      case "gated":
        sum += e.active[at] ? z[at]! : 0;
        break;
      case "jumprelu": {
        const held = e.p.threshold![i]!;
        sum += e.active[at] ? 1 : 0;
        if (inWindow(e.z[at]!, held, q)) {
          const moved = z[at]! - e.z[at]! - (p.threshold![i]! - held);
          sum += moved / q.bandwidth!;
        }
        break;
      }
      case "topk":
      case "batch_topk":
      case "matryoshka_batch_topk":
        break;
    }
  }
  return sum / q.rows;
}

/** The loss, whose finite differences the gradients below must be. */
export function forward(
  p: Params,
  x: Float64Array,
  q: Problem,
  e: Expansion,
): Result {
  const z = preActivations(p, x, q);
  const f = codeOf(p, z, q, e);
  let loss = 0;
  let xHat = new Float64Array();
  for (const end of groupEndsOf(q)) {
    xHat = decode(f, p.W_dec, p.b_dec, q, end) as Float64Array<ArrayBuffer>;
    loss += squares(xHat, x) / q.rows / groupEndsOf(q).length;
  }
  const mse = squares(xHat, x) / q.rows;
  loss += q.sparsity * sparsityOf(p, z, f, q, e);
  if (q.architecture === "gated") {
    const gate = z.map((v, at) => (e.active[at] ? v : 0));
    loss += squares(decode(gate, e.p.W_dec, e.p.b_dec, q), x) / q.rows;
  }
  if (q.aux) {
    const fAux = z.map((v, at) => (e.auxActive[at] ? v : 0));
    const eHat = decode(fAux, p.W_dec, null, q);
    loss += (auxWeight(q) * squares(eHat, e.residual)) / q.rows;
  }
  for (const i of q.preActivation?.dead ?? []) {
    for (let r = 0; r < q.rows; r++) {
      const at = r * q.dSae + i;
      if (e.active[at]) continue;
      loss +=
        (q.preActivation!.coefficient / q.rows) * (p.threshold![i]! - z[at]!);
    }
  }
  return { f, xHat, mse, loss };
}

/** Gradients of `forward` at the point of expansion. */
export function gradients(
  p: Params,
  x: Float64Array,
  q: Problem,
  e: Expansion,
): Params {
  const { dIn, dSae, rows } = q;
  const zeros = (length: number) => new Float64Array(length);
  const g: Params = {
    W_enc: zeros(dSae * dIn),
    W_dec: zeros(dSae * dIn),
    b_enc: zeros(dSae),
    b_dec: zeros(dIn),
    ...(p.threshold ? { threshold: zeros(dSae) } : {}),
    ...(p.r_mag ? { r_mag: zeros(dSae), b_mag: zeros(dSae) } : {}),
  };
  const { z } = e;
  const f = codeOf(p, z, q, e);
  const df = zeros(z.length);
  const dz = zeros(z.length);

  // Decoding, group by group: a latent is in every dictionary that ends after it.
  const decoded = (
    code: Float64Array,
    target: Float64Array,
    bias: Float64Array | null,
    end: number,
    weight: number,
    into: { df: Float64Array; decoder: boolean },
  ) => {
    const xHat = decode(code, p.W_dec, bias, q, end);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < dIn; c++) {
        const at = r * dIn + c;
        const d = ((2 * weight) / rows) * (xHat[at]! - target[at]!);
        if (into.decoder && bias !== null) g.b_dec[c]! += d;
        for (let i = 0; i < end; i++) {
          into.df[r * dSae + i]! += d * p.W_dec[i * dIn + c]!;
          if (into.decoder) g.W_dec[i * dIn + c]! += d * code[r * dSae + i]!;
        }
      }
    }
  };
  const ends = groupEndsOf(q);
  for (const end of ends) {
    const into = { df, decoder: true };
    decoded(f, x, p.b_dec, end, 1 / ends.length, into);
  }

  for (let at = 0; at < z.length; at++) {
    const i = at % dSae;
    if (q.architecture === "gated") {
      if (!(f[at]! > 0)) continue;
      const scale = Math.exp(p.r_mag![i]!);
      g.b_mag![i]! += df[at]!;
      g.r_mag![i]! += df[at]! * scale * (z[at]! - p.b_enc[i]!);
      // The magnitude is of W_enc(x − b_dec) alone: b_gate has no part in it.
      dz[at] = df[at]! * scale;
      g.b_enc[i]! -= dz[at]!;
    } else if (e.active[at]) {
      dz[at] = df[at]!;
    }
  }

  const lambda = q.sparsity / rows;
  for (let at = 0; at < z.length; at++) {
    const i = at % dSae;
    switch (q.architecture) {
      case "relu_l1": {
        if (!e.active[at]) break;
        const norm = q.decoderNormL1 ? rowNorm(p.W_dec, i, dIn) : 1;
        dz[at]! += lambda * norm;
        for (let c = 0; q.decoderNormL1 && c < dIn; c++) {
          g.W_dec[i * dIn + c]! +=
            (lambda * f[at]! * p.W_dec[i * dIn + c]!) / norm;
        }
        break;
      }
      case "gated":
        if (e.active[at]) dz[at]! += lambda;
        break;
      case "jumprelu": {
        const held = p.threshold![i]!;
        if (!inWindow(z[at]!, held, q)) break;
        g.threshold![i]! -= (held * df[at]! + lambda) / q.bandwidth!;
        dz[at]! += lambda / q.bandwidth!;
        break;
      }
      case "topk":
      case "batch_topk":
      case "matryoshka_batch_topk":
        break;
    }
  }
  if (q.architecture === "gated") {
    const gate = z.map((v, at) => (e.active[at] ? v : 0));
    const dGate = zeros(z.length);
    const into = { df: dGate, decoder: false };
    decoded(gate, x, p.b_dec, dSae, 1, into);
    dGate.forEach((d, at) => (dz[at]! += e.active[at] ? d : 0));
  }
  if (q.aux) {
    const fAux = z.map((v, at) => (e.auxActive[at] ? v : 0));
    const dAux = zeros(z.length);
    const into = { df: dAux, decoder: true };
    decoded(fAux, e.residual, null, dSae, auxWeight(q), into);
    dAux.forEach((d, at) => (dz[at]! += e.auxActive[at] ? d : 0));
  }
  for (const i of q.preActivation?.dead ?? []) {
    for (let r = 0; r < rows; r++) {
      const at = r * dSae + i;
      if (e.active[at]) continue;
      const weight = q.preActivation!.coefficient / rows;
      dz[at]! -= weight;
      g.threshold![i]! += weight;
    }
  }

  // Eq. 12–13: the encoder and b_dec's second path.
  for (let at = 0; at < z.length; at++) {
    const i = at % dSae;
    const r = (at - i) / dSae;
    g.b_enc[i]! += dz[at]!;
    for (let c = 0; c < dIn; c++) {
      g.W_enc[i * dIn + c]! += dz[at]! * (x[r * dIn + c]! - p.b_dec[c]!);
      g.b_dec[c]! -= dz[at]! * p.W_enc[i * dIn + c]!;
    }
  }
  return g;
}

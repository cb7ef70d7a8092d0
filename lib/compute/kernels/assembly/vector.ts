// Row primitives. `d` is a row's length in floats; pointers are byte addresses.
// Rows are walked in blocks of 32 floats whose sums stay in registers. Built
// without SIMD, the loops for what is left over do all of it: what is computed
// number by number comes out the same, `dot` adds in another order.

/** Byte offset of element i of a 4-byte array. */
// @ts-ignore: decorator
@inline
export function at(pointer: usize, i: u32): usize {
  return pointer + (<usize>i << 2);
}

/** Σ a[i]·b[i] */
// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, d: i32): f32 {
  let i = 0;
  let sum: f32 = 0;
  if (ASC_FEATURE_SIMD) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (; i + 16 <= d; i += 16) {
      const pa = a + (<usize>i << 2);
      const pb = b + (<usize>i << 2);
      s0 = f32x4.add(s0, f32x4.mul(v128.load(pa), v128.load(pb)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(pa, 16), v128.load(pb, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(pa, 32), v128.load(pb, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(pa, 48), v128.load(pb, 48)));
    }
    const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    sum =
      f32x4.extract_lane(s, 0) +
      f32x4.extract_lane(s, 1) +
      (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
  }
  for (; i < d; i++) {
    sum += load<f32>(a + (<usize>i << 2)) * load<f32>(b + (<usize>i << 2));
  }
  return sum;
}

/** y += alpha · x */
// @ts-ignore: decorator
@inline
export function axpy(y: usize, alpha: f32, x: usize, d: i32): void {
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    const va = f32x4.splat(alpha);
    for (; i + 4 <= d; i += 4) {
      const at = <usize>i << 2;
      v128.store(
        y + at,
        f32x4.add(v128.load(y + at), f32x4.mul(va, v128.load(x + at))),
      );
    }
  }
  for (; i < d; i++) {
    const at = <usize>i << 2;
    store<f32>(y + at, load<f32>(y + at) + alpha * load<f32>(x + at));
  }
}

/** x *= alpha */
// @ts-ignore: decorator
@inline
export function scale(x: usize, alpha: f32, d: i32): void {
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    const va = f32x4.splat(alpha);
    for (; i + 4 <= d; i += 4) {
      const at = x + (<usize>i << 2);
      v128.store(at, f32x4.mul(va, v128.load(at)));
    }
  }
  for (; i < d; i++) {
    const at = x + (<usize>i << 2);
    store<f32>(at, alpha * load<f32>(at));
  }
}

/**
 * out = (accumulate ? out : 0) + Σ_e weight[e] · matrix[row[e]], e in [from, to).
 * `matrix` is row-major with rows of d floats; `row` u32, `weight` f32.
 */
export function gatherSum(
  out: usize,
  matrix: usize,
  d: i32,
  row: usize,
  weight: usize,
  from: u32,
  to: u32,
  accumulate: bool,
): void {
  const stride = <usize>d << 2;
  let c = 0;
  if (ASC_FEATURE_SIMD) {
    for (; c + 32 <= d; c += 32) {
      const offset = <usize>c << 2;
      const o = out + offset;
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let a4 = a0;
      let a5 = a0;
      let a6 = a0;
      let a7 = a0;
      if (accumulate) {
        a0 = v128.load(o);
        a1 = v128.load(o, 16);
        a2 = v128.load(o, 32);
        a3 = v128.load(o, 48);
        a4 = v128.load(o, 64);
        a5 = v128.load(o, 80);
        a6 = v128.load(o, 96);
        a7 = v128.load(o, 112);
      }
      const base = matrix + offset;
      for (let e = from; e < to; e++) {
        const at = <usize>e << 2;
        const p = base + <usize>load<u32>(row + at) * stride;
        const w = v128.load_splat<f32>(weight + at);
        a0 = f32x4.add(a0, f32x4.mul(w, v128.load(p)));
        a1 = f32x4.add(a1, f32x4.mul(w, v128.load(p, 16)));
        a2 = f32x4.add(a2, f32x4.mul(w, v128.load(p, 32)));
        a3 = f32x4.add(a3, f32x4.mul(w, v128.load(p, 48)));
        a4 = f32x4.add(a4, f32x4.mul(w, v128.load(p, 64)));
        a5 = f32x4.add(a5, f32x4.mul(w, v128.load(p, 80)));
        a6 = f32x4.add(a6, f32x4.mul(w, v128.load(p, 96)));
        a7 = f32x4.add(a7, f32x4.mul(w, v128.load(p, 112)));
      }
      v128.store(o, a0);
      v128.store(o, a1, 16);
      v128.store(o, a2, 32);
      v128.store(o, a3, 48);
      v128.store(o, a4, 64);
      v128.store(o, a5, 80);
      v128.store(o, a6, 96);
      v128.store(o, a7, 112);
    }
  }
  for (; c < d; c++) {
    const offset = <usize>c << 2;
    let sum: f32 = accumulate ? load<f32>(out + offset) : 0;
    for (let e = from; e < to; e++) {
      const at = <usize>e << 2;
      sum +=
        load<f32>(weight + at) *
        load<f32>(matrix + <usize>load<u32>(row + at) * stride + offset);
    }
    store<f32>(out + offset, sum);
  }
}

/**
 * One Adam step on d parameters (Kingma & Ba 2015, algorithm 1):
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p − stepSize·m / (√v·rootScale + ε),
 * where stepSize = lr/(1−β₁ᵗ) and rootScale = 1/√(1−β₂ᵗ).
 */
export function adam(
  p: usize,
  m: usize,
  v: usize,
  g: usize,
  d: i32,
  beta1: f32,
  beta2: f32,
  stepSize: f32,
  rootScale: f32,
  epsilon: f32,
): void {
  let i = 0;
  if (ASC_FEATURE_SIMD) {
    const b1 = f32x4.splat(beta1);
    const c1 = f32x4.splat(1 - beta1);
    const b2 = f32x4.splat(beta2);
    const c2 = f32x4.splat(1 - beta2);
    const lr = f32x4.splat(stepSize);
    const rs = f32x4.splat(rootScale);
    const ep = f32x4.splat(epsilon);
    for (; i + 4 <= d; i += 4) {
      const at = <usize>i << 2;
      const gi = v128.load(g + at);
      const mi = f32x4.add(f32x4.mul(b1, v128.load(m + at)), f32x4.mul(c1, gi));
      const vi = f32x4.add(
        f32x4.mul(b2, v128.load(v + at)),
        f32x4.mul(c2, f32x4.mul(gi, gi)),
      );
      v128.store(m + at, mi);
      v128.store(v + at, vi);
      const root = f32x4.add(f32x4.mul(f32x4.sqrt(vi), rs), ep);
      v128.store(
        p + at,
        f32x4.sub(v128.load(p + at), f32x4.div(f32x4.mul(lr, mi), root)),
      );
    }
  }
  for (; i < d; i++) {
    const at = <usize>i << 2;
    const gi = load<f32>(g + at);
    const mi = beta1 * load<f32>(m + at) + (1 - beta1) * gi;
    const vi = beta2 * load<f32>(v + at) + (1 - beta2) * (gi * gi);
    store<f32>(m + at, mi);
    store<f32>(v + at, vi);
    store<f32>(
      p + at,
      load<f32>(p + at) - (stepSize * mi) / (sqrt<f32>(vi) * rootScale + epsilon),
    );
  }
}

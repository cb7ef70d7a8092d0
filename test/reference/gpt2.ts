/**
 * GPT-2's forward pass in float64, one token at a time, plain loops: the
 * oracle for the graphs. Weights by their Hugging Face names, as arrays.
 */
export interface TinyConfig {
  nLayers: number;
  nHeads: number;
  dModel: number;
  dMlp: number;
  layerNormEps: number;
}
type Weights = Record<string, ArrayLike<number>>;

/** Every residual stage of one sequence; stage numbering as in lib/gpt2/hooks. */
export function residualStages(
  tokens: number[],
  w: Weights,
  c: TinyConfig,
): number[][][] {
  const d = c.dModel;
  const embedded = tokens.map((token, p) =>
    range(d).map(
      (i) => w["wte.weight"]![token * d + i]! + w["wpe.weight"]![p * d + i]!,
    ),
  );
  return [embedded, ...stagesFrom(embedded, 0, w, c)];
}

/** The stages that follow a given one. */
export function stagesFrom(
  residual: number[][],
  stage: number,
  w: Weights,
  c: TinyConfig,
): number[][][] {
  let x = residual;
  const stages: number[][][] = [];
  for (let s = stage; s < 2 * c.nLayers; s++) {
    const h = `h.${Math.floor(s / 2)}`;
    x = add(x, s % 2 === 0 ? attention(x, w, h, c) : mlp(x, w, h, c));
    stages.push(x);
  }
  if (stage <= 2 * c.nLayers) {
    stages.push(x.map((row) => layerNorm(row, w, "ln_f", c)));
  }
  return stages;
}

function mlp(x: number[][], w: Weights, h: string, c: TinyConfig) {
  return x.map((row) => {
    const normed = layerNorm(row, w, `${h}.ln_2`, c);
    const hidden = linear(normed, w, `${h}.mlp.c_fc`, c.dMlp).map(gelu);
    return linear(hidden, w, `${h}.mlp.c_proj`, c.dModel);
  });
}

export function logits(normalized: number[], w: Weights, dVocab: number) {
  const d = normalized.length;
  return range(dVocab).map((v) =>
    normalized.reduce((sum, x, i) => sum + x * w["wte.weight"]![v * d + i]!, 0),
  );
}

export function logSoftmax(values: number[]): number[] {
  const max = Math.max(...values);
  const sum = values.reduce((a, v) => a + Math.exp(v - max), 0);
  return values.map((v) => v - max - Math.log(sum));
}

function attention(x: number[][], w: Weights, h: string, c: TinyConfig) {
  const d = c.dModel;
  const size = d / c.nHeads;
  const qkv = x.map((row) =>
    linear(layerNorm(row, w, `${h}.ln_1`, c), w, `${h}.attn.c_attn`, 3 * d),
  );
  const mixed = x.map((_, t) => {
    const out = new Array<number>(d).fill(0);
    for (let head = 0; head < c.nHeads; head++) {
      const at = head * size;
      const scores = range(t + 1).map(
        (s) =>
          range(size).reduce(
            (sum, i) => sum + qkv[t]![at + i]! * qkv[s]![d + at + i]!,
            0,
          ) / Math.sqrt(size),
      );
      const weights = logSoftmax(scores).map(Math.exp);
      for (let s = 0; s <= t; s++) {
        for (let i = 0; i < size; i++) {
          out[at + i]! += weights[s]! * qkv[s]![2 * d + at + i]!;
        }
      }
    }
    return out;
  });
  return mixed.map((row) => linear(row, w, `${h}.attn.c_proj`, d));
}

function layerNorm(row: number[], w: Weights, name: string, c: TinyConfig) {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length;
  const scale = 1 / Math.sqrt(variance + c.layerNormEps);
  return row.map(
    (v, i) =>
      (v - mean) * scale * w[`${name}.weight`]![i]! + w[`${name}.bias`]![i]!,
  );
}

function linear(row: number[], w: Weights, name: string, out: number) {
  return range(out).map((o) =>
    row.reduce(
      (sum, v, i) => sum + v * w[`${name}.weight`]![i * out + o]!,
      w[`${name}.bias`]![o]!,
    ),
  );
}

function gelu(x: number): number {
  return (
    0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
  );
}

const add = (a: number[][], b: number[][]) =>
  a.map((row, t) => row.map((v, i) => v + b[t]![i]!));
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

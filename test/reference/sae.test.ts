import { describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import { ARCHITECTURES } from "#lib/sae/config";
import { expectClose } from "#test/tolerance";
import { expand, type Params, type Problem } from "./sae";
import { forward, gradients } from "./sae-loss";

const SHAPE = { rows: 6, dIn: 7, dSae: 12, k: 3 };

const problems: Record<string, Partial<Problem>> = Object.fromEntries(
  ARCHITECTURES.map((architecture) => [architecture, { architecture }]),
);
Object.assign(problems, {
  "relu_l1 with decoder norms": {
    architecture: "relu_l1",
    decoderNormL1: true,
  },
  "topk with AuxK": {
    architecture: "topk",
    aux: { dead: [1, 4, 9], k: 2, coefficient: 0.5 },
  },
  "matryoshka_batch_topk with AuxK": {
    architecture: "matryoshka_batch_topk",
    aux: { dead: [1, 4, 9], k: 2, coefficient: 0.5 },
  },
  "jumprelu with the pre-activation loss": {
    architecture: "jumprelu",
    preActivation: { dead: [0, 5], coefficient: 0.2 },
  },
} satisfies Record<string, Partial<Problem>>);

function problemOf(name: string): { q: Problem; p: Params; x: Float64Array } {
  const rng = new Rng(3);
  const normal = (length: number, scale: number, shift = 0) =>
    Float64Array.from({ length }, () => shift + scale * rng.normal());
  const { rows, dIn, dSae } = SHAPE;
  const q: Problem = {
    ...SHAPE,
    architecture: "topk",
    ...problems[name],
    sparsity: /^(relu_l1|jumprelu|gated)/.test(name) ? 0.3 : 0,
  };
  if (q.architecture === "jumprelu") q.bandwidth = 0.6;
  if (q.architecture === "matryoshka_batch_topk") q.groupEnds = [3, 7, 12];
  const p: Params = {
    W_enc: normal(dSae * dIn, 0.4),
    W_dec: normal(dSae * dIn, 0.4),
    b_enc: normal(dSae, 0.1),
    b_dec: normal(dIn, 0.1),
  };
  if (q.architecture === "jumprelu") p.threshold = normal(dSae, 0.1, 0.4);
  if (q.architecture === "gated") {
    p.r_mag = normal(dSae, 0.2);
    p.b_mag = normal(dSae, 0.2);
  }
  return { q, p, x: normal(rows * dIn, 1) };
}

describe("the oracle", () => {
  it.each(Object.keys(problems))(
    "has the gradients that finite differences give: %s",
    (name) => {
      const { q, p, x } = problemOf(name);
      const e = expand(p, x, q);
      // The code selects something and leaves something out.
      const on = e.active.filter(Boolean).length;
      expect(on).toBeGreaterThan(0);
      expect(on).toBeLessThan(e.active.length);
      const analytic = gradients(p, x, q, e);
      const h = 1e-5;
      for (const tensor of Object.keys(p) as (keyof Params)[]) {
        const values = p[tensor]!;
        const numeric = values.map((value, i) => {
          values[i] = value + h;
          const up = forward(p, x, q, e).loss;
          values[i] = value - h;
          const down = forward(p, x, q, e).loss;
          values[i] = value;
          return (up - down) / (2 * h);
        });
        expectClose(analytic[tensor]!, numeric, 1e-6);
      }
    },
  );
});

import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { Rng } from "#lib/random";
import type { TrainingConfig } from "#lib/sae/config";
import { parametersOf, type ParameterName } from "#lib/sae/train-state";
import type { SaeTrainer } from "#lib/sae/trainer";
import * as oracle from "#test/reference/sae";
import { forward, gradients } from "#test/reference/sae-loss";
import {
  adamStep,
  normaliseRows,
  projectRows,
} from "#test/reference/optimiser";
import { expectClose } from "#test/tolerance";
import {
  loadParams,
  plainConfig,
  randomNormal,
  rowNorms,
  transposed,
} from "./problem";
import { TRAINERS } from "./trainers";
import { oracleParams, problemOf, SHAPES, VARIANTS } from "./variants";

const open: SaeTrainer[] = [];
afterEach(async () => {
  for (const trainer of open.splice(0)) await trainer.dispose();
});

interface Reference {
  k: number;
  x: number[];
  W_enc: number[];
  W_dec: number[];
  b_enc: number[];
  b_dec: number[];
  shapes: { x: [number, number]; W_enc: [number, number] };
  cases: Record<
    string,
    {
      lambda?: number;
      threshold?: number;
      mse: number[];
      loss: number[];
      grad: Record<string, number[]>;
      adam_step: Record<string, number[]>;
    }
  >;
}
const reference = JSON.parse(
  readFileSync("test/fixtures/sae-step-reference.json", "utf8"),
) as Reference;

describe.each(Object.entries(TRAINERS))("the %s trainer", (_, create) => {
  async function trainerFor(config: TrainingConfig, threads = 2) {
    const trainer = await create(config, threads);
    open.push(trainer);
    return trainer;
  }

  it.each(Object.keys(reference.cases))(
    "agrees with PyTorch's loss, gradients and Adam step within 1e-5: %s",
    async (name) => {
      const expected = reference.cases[name]!;
      const [rows, dIn] = reference.shapes.x;
      const dSae = reference.b_enc.length;
      const architecture = name as TrainingConfig["architecture"];
      const config = plainConfig({
        architecture,
        dIn,
        dSae,
        k: expected.lambda === undefined ? reference.k : null,
        batchSize: rows,
      });
      const trainer = await trainerFor(config);
      await loadParams(trainer, {
        W_enc: transposed(reference.W_enc, dIn, dSae),
        W_dec: Float64Array.from(reference.W_dec),
        b_enc: Float64Array.from(reference.b_enc),
        b_dec: Float64Array.from(reference.b_dec),
      });
      trainer.input.set(reference.x);
      const metrics = await trainer.step(
        { lr: 1e-3, sparsity: expected.lambda ?? 0 },
        { gradients: true },
      );
      expectClose([metrics.mse], expected.mse, 1e-5);
      expectClose([metrics.loss], expected.loss, 1e-5);
      if (expected.threshold !== undefined) {
        expectClose([metrics.threshold!], [expected.threshold], 1e-5);
      }
      const { tensors } = await trainer.snapshot();
      for (const tensor of ["W_enc", "W_dec", "b_enc", "b_dec"] as const) {
        const asRows = (values: number[]) =>
          tensor === "W_enc" ? transposed(values, dIn, dSae) : values;
        expectClose(
          metrics.gradients![tensor]!,
          asRows(expected.grad[tensor]!),
          1e-5,
        );
        expectClose(
          tensors[tensor]!,
          asRows(expected.adam_step[tensor]!),
          1e-5,
        );
      }
    },
  );

  describe.each(SHAPES)("at %o", (shape) => {
    it.each(Object.keys(VARIANTS))(
      "follows the oracle through 50 steps: %s",
      async (name) => {
        const rng = new Rng(17);
        const { config, q } = problemOf(shape, VARIANTS[name]!);
        const lr = 3e-3;
        const trainer = await trainerFor(config);
        const p = oracleParams(rng, config);
        await loadParams(trainer, p);
        const names = parametersOf(config);
        const m = zeros(p, names);
        const v = zeros(p, names);
        for (let step = 1; step <= 50; step++) {
          const x = randomNormal(rng, shape.rows * shape.dIn);
          trainer.input.set(x);
          const metrics = await trainer.step(
            { lr, sparsity: q.sparsity },
            { gradients: step === 1 },
          );
          const e = oracle.expand(p, x, q);
          const expected = forward(p, x, q, e);
          const g = gradients(p, x, q, e);
          expectClose([metrics.mse], [expected.mse], 1e-4);
          expectClose([metrics.loss], [expected.loss], 1e-4);
          const active = expected.f.filter((f) => f > 0).length;
          if (step === 1) {
            for (const tensor of names) {
              expectClose(metrics.gradients![tensor]!, g[tensor]!, 1e-4);
            }
            expect(metrics.l0).toBe(active / shape.rows);
          }
          if (config.unitNormDecoder) projectRows(g.W_dec, p.W_dec, shape.dIn);
          for (const t of names) {
            adamStep(p[t]!, m[t]!, v[t]!, g[t]!, step, {
              ...config,
              lr: t === "threshold" ? lr * config.thresholdLrScale : lr,
            });
          }
          p.threshold?.forEach((t, i) => (p.threshold![i] = Math.max(0, t)));
          if (config.unitNormDecoder) normaliseRows(p.W_dec, shape.dIn);
        }
        const { tensors } = await trainer.snapshot();
        for (const t of names) expectClose(tensors[t]!, p[t]!, 2e-3);
        if (config.unitNormDecoder) {
          const norms = rowNorms(tensors.W_dec!, shape.dIn);
          expectClose(
            norms,
            norms.map(() => 1),
            1e-6,
          );
        }
      },
    );
  });
});

function zeros(
  p: oracle.Params,
  names: ParameterName[],
): Record<string, Float64Array> {
  return Object.fromEntries(
    names.map((name) => [name, new Float64Array(p[name]!.length)]),
  );
}

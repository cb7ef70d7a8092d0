import { Rng } from "#lib/random";
import type { ActivationSource } from "./activation-source";
import { randomUnitRows } from "./initialise";

export interface PlantedOptions {
  dIn: number;
  /** Directions planted. */
  features: number;
  /** Directions in a row, on average. */
  active: number;
  sequences: number;
  /** Rows per sequence. */
  rows: number;
  seed: number;
}

/** Activations whose dictionary is known. */
export interface PlantedDictionary extends ActivationSource {
  /** [features × dIn], unit rows */
  readonly directions: Float32Array;
}

/**
 * A benchmark with ground truth: each row is a sum of unit directions, each
 * there with probability active / features, independently, with a magnitude
 * uniform in (0, 1]. Sequence s is a pure function of (seed, s).
 */
export function plantedDictionary(options: PlantedOptions): PlantedDictionary {
  const { dIn, features, active, sequences, rows, seed } = options;
  const directions = new Float32Array(features * dIn);
  randomUnitRows(directions, features, dIn, Rng.of(seed, 0));
  const logMiss = Math.log1p(-active / features);
  const gap = (rng: Rng) => Math.floor(Math.log(1 - rng.uniform()) / logMiss);
  return {
    dIn,
    sequences,
    directions,
    fingerprint: JSON.stringify({ planted: options }),
    rowsOf: () => rows,
    read(wanted, out) {
      out.fill(0, 0, wanted.length * rows * dIn);
      wanted.forEach((sequence, s) => {
        const rng = Rng.of(seed, 1, sequence);
        // Cell r · features + i says whether row r has direction i. Gaps
        // between independent hits are geometric, so misses cost nothing.
        for (
          let cell = gap(rng);
          cell < rows * features;
          cell += 1 + gap(rng)
        ) {
          const at = (s * rows + Math.floor(cell / features)) * dIn;
          const from = (cell % features) * dIn;
          const magnitude = 1 - rng.uniform();
          for (let c = 0; c < dIn; c++) {
            out[at + c]! += magnitude * directions[from + c]!;
          }
        }
      });
      return Promise.resolve();
    },
  };
}

/**
 * How well learned rows [n × dIn] match the planted directions.
 *
 * @returns the mean over directions of the largest cosine (MMCS), and how many
 *   directions have one above 0.9.
 */
export function dictionaryRecovery(
  { directions, dIn }: Pick<PlantedDictionary, "directions" | "dIn">,
  learned: Float32Array,
): { mmcs: number; recovered: number } {
  const features = directions.length / dIn;
  const norms = Float64Array.from({ length: learned.length / dIn }, (_, j) =>
    Math.hypot(...learned.subarray(j * dIn, (j + 1) * dIn)),
  );
  let sum = 0;
  let recovered = 0;
  for (let i = 0; i < features; i++) {
    let best = -1;
    norms.forEach((norm, j) => {
      let dot = 0;
      for (let c = 0; c < dIn; c++) {
        dot += directions[i * dIn + c]! * learned[j * dIn + c]!;
      }
      if (norm > 0) best = Math.max(best, dot / norm);
    });
    sum += best;
    if (best > 0.9) recovered++;
  }
  return { mmcs: sum / features, recovered };
}

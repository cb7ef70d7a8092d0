import { GraphBuilder } from "./onnx/graph";
import type { Engine } from "./engine";
import { float32 } from "./tensor";

/** The size of a GPT-2 sublayer: what most of the time goes into. */
const ROWS = 1024;
const WIDTH = 768;
const HIDDEN = 3072;
const REPETITIONS = 3;
/** Largest difference between engines, in units of the root mean square. */
const TOLERANCE = 1e-3;

export interface SelfTest {
  /** Whether the numbers agree. */
  agrees: boolean;
  /** Time of the reference over time of the candidate. */
  speedup: number;
}

/**
 * One product on both engines, transfers included: do the numbers agree, and
 * which is faster? About a second on two cores.
 *
 * @param now a clock, in ms.
 */
export async function selfTest(
  candidate: Engine,
  reference: Engine,
  now: () => number,
): Promise<SelfTest> {
  const expected = await timedProduct(reference, now);
  const actual = await timedProduct(candidate, now);
  const { out } = expected;
  const squares = out.reduce((sum, value) => sum + value * value, 0);
  const allowed = TOLERANCE * Math.sqrt(squares / out.length);
  return {
    // Written so that NaN does not agree.
    agrees: out.every(
      (value, i) => Math.abs(value - actual.out[i]!) <= allowed,
    ),
    speedup: expected.ms / actual.ms,
  };
}

async function timedProduct(
  engine: Engine,
  now: () => number,
): Promise<{ out: Float32Array; ms: number }> {
  const g = new GraphBuilder();
  const x = g.input("x", "float32", ["rows", WIDTH]);
  const w = g.input("w", "float32", [WIDTH, HIDDEN]);
  const hidden = g.node("Relu", [g.node("MatMul", [x, w])]);
  const out = g.node("Gemm", [hidden, w], { transB: 1 });
  g.output(out, "float32", ["rows", WIDTH], "out");
  const graph = await engine.compileGraph(g, {
    constants: { w: float32(waves(WIDTH * HIDDEN), [WIDTH, HIDDEN]) },
  });
  try {
    const feeds = { x: float32(waves(ROWS * WIDTH), [ROWS, WIDTH]) };
    const run = async () => (await graph.run(feeds)).out!.data as Float32Array;
    const result = await run();
    const times: number[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      const start = now();
      await run();
      times.push(now() - start);
    }
    times.sort((a, b) => a - b);
    return { out: result, ms: times[REPETITIONS >> 1]! };
  } finally {
    await graph.dispose();
  }
}

/** Numbers in −1 … 1 without a pattern that a wrong product could keep. */
function waves(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * i * 0.618));
}

import { float32, GraphBuilder, type Engine } from "#lib/compute/index";
import { median } from "./median";

const RUNS = 7;

/**
 * Rows a second of x Wᵀ + b alone on an engine, weights fed as while they
 * train, the result written to memory that is there: the median of 7 runs
 * after a warm-up.
 *
 * @param x [rows × W's columns]
 */
export async function bareProductSpeed(
  engine: Engine,
  x: Float32Array,
  W: Float32Array,
  b: Float32Array,
): Promise<number> {
  const d = W.length / b.length;
  const rows = x.length / d;
  const g = new GraphBuilder();
  const product = g.node(
    "Gemm",
    [
      g.input("x", "float32", ["rows", d]),
      g.input("W", "float32", ["n", d]),
      g.input("b", "float32", ["n"]),
    ],
    { transB: 1 },
  );
  // One column stands for all: handing over z would cost more than the product.
  const column = g.node("Slice", [product, g.ints(0), g.ints(1), g.ints(1)]);
  g.output(column, "float32", ["rows", 1], "column");
  const graph = await engine.compileGraph(g);
  const feeds = {
    x: float32(x, [rows, d]),
    W: float32(W, [b.length, d]),
    b: float32(b, [b.length]),
  };
  const seconds: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const began = performance.now();
    await graph.run(feeds);
    seconds.push((performance.now() - began) / 1000);
  }
  await graph.dispose();
  return rows / median(seconds.slice(1));
}

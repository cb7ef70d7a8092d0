import { CONTRIB, GraphBuilder, type Tensor } from "#lib/compute/index";
import { float32, int32, int64 } from "#lib/compute/index";
import { Rng } from "#lib/random";

/** A small graph around one operator, and what it is fed. */
export interface OperatorCase {
  name: string;
  graph: GraphBuilder;
  feeds: Record<string, Tensor>;
}

/** Normal numbers; the seed is the size, so that cases differ. */
export function normal(dims: number[], scale = 1): Tensor {
  const length = dims.reduce((a, b) => a * b, 1);
  const rng = new Rng(length);
  const data = Float32Array.from({ length }, () => scale * rng.normal());
  return float32(data, dims);
}

/** A graph of one node over float inputs, its outputs named out0, out1, … */
function single(
  name: string,
  op: string,
  inputs: Record<string, Tensor>,
  attributes: Parameters<GraphBuilder["node"]>[2] = {},
  domain?: typeof CONTRIB,
): OperatorCase {
  const graph = new GraphBuilder();
  const names = Object.entries(inputs).map(([input, { type, dims }]) =>
    graph.input(input, type, dims),
  );
  const out = graph.node(
    op,
    names,
    attributes,
    domain === undefined ? {} : { domain },
  );
  graph.output(out, "float32", ["n"], "out");
  return { name, graph, feeds: inputs };
}

/** A graph built by hand around float input x. */
function built(
  name: string,
  feeds: Record<string, Tensor>,
  build: (g: GraphBuilder, inputs: Record<string, string>) => void,
): OperatorCase {
  const graph = new GraphBuilder();
  const inputs = Object.fromEntries(
    Object.entries(feeds).map(([n, { type, dims }]) => [
      n,
      graph.input(n, type, dims),
    ]),
  );
  build(graph, inputs);
  return { name, graph, feeds };
}

const INT32 = 6;
const x = normal([2, 5, 8]);
const matrix = normal([7, 12]);
const large = float32(Float32Array.of(-90, -20, -0.5, 0, 0.5, 20, 90), [7]);

function topK(largest: 0 | 1): OperatorCase {
  const feeds = { x: matrix, k: int64([3], [1]) };
  return built(`TopK, largest = ${largest}`, feeds, (g, { x, k }) => {
    const [values, indices] = g.multi("TopK", [x!, k!], 2, {
      axis: 1,
      largest,
      sorted: 1,
    });
    const narrow = g.node("Cast", [indices!], { to: INT32 });
    g.output(values!, "float32", ["rows", "k"], "values");
    g.output(narrow, "int32", ["rows", "k"], "indices");
    g.output(indices!, "int64", ["rows", "k"], "wide");
  });
}

/** Every operator of GPT-2's and the SAEs' graphs, as they use it. */
export const OPERATOR_CASES: readonly OperatorCase[] = [
  single("Add, broadcasting", "Add", { x, y: normal([8]) }),
  single("Sub, broadcasting", "Sub", { x, y: normal([5, 1]) }),
  single("Mul", "Mul", { x, y: normal([2, 5, 8], 3) }),
  single("Neg", "Neg", { x }),
  single("Exp", "Exp", { x }),
  single("Relu", "Relu", { x }),
  single("FastGelu", "FastGelu", { x }, {}, CONTRIB),
  single("FastGelu, bias", "FastGelu", { x, b: normal([8]) }, {}, CONTRIB),
  single("FastGelu, large inputs", "FastGelu", { large }, {}, CONTRIB),
  single("MatMul of matrices", "MatMul", { a: matrix, b: normal([12, 6]) }),
  single("MatMul of a batch", "MatMul", { x, b: normal([8, 6]) }),
  single("Gemm", "Gemm", { a: matrix, b: normal([12, 9]) }),
  single(
    "Gemm, transposed, with bias",
    "Gemm",
    { a: matrix, b: normal([9, 12]), c: normal([9]) },
    { transB: 1 },
  ),
  single(
    "Gemm, scaled",
    "Gemm",
    { a: normal([12, 4]), b: normal([12, 9]), c: normal([9]) },
    { transA: 1, alpha: { float: 0.5 }, beta: { float: -2 } },
  ),
  single(
    "Attention, causal",
    "Attention",
    { x, w: normal([8, 24]), b: normal([24]) },
    { num_heads: 2, unidirectional: 1 },
    CONTRIB,
  ),
  single(
    "Attention, all to all",
    "Attention",
    { x, w: normal([8, 24]), b: normal([24]) },
    { num_heads: 4 },
    CONTRIB,
  ),
  single(
    "LayerNormalization",
    "LayerNormalization",
    { x, w: normal([8]), b: normal([8], 2) },
    { epsilon: { float: 1e-5 } },
  ),
  single("LogSoftmax", "LogSoftmax", { x: normal([3, 50], 9) }, { axis: -1 }),
  single("Gather", "Gather", {
    x: matrix,
    i: int32(Int32Array.of(6, 0, 3, 3), [2, 2]),
  }),
  single(
    "GatherElements",
    "GatherElements",
    {
      x,
      i: int32(
        Int32Array.from({ length: 10 }, (_, i) => i % 8),
        [2, 5, 1],
      ),
    },
    { axis: 2 },
  ),
  built("ReduceSum", { x }, (g, { x }) => {
    const sum = g.node("ReduceSum", [x!, g.ints(-1)], { keepdims: 0 });
    g.output(sum, "float32", ["a", "b"], "out");
  }),
  built("ReduceSum, keeping the axis", { x }, (g, { x }) => {
    g.output(g.node("ReduceSum", [x!, g.ints(1)]), "float32", ["n"], "out");
  }),
  built("Shape, Concat and Reshape", { x }, (g, { x }) => {
    const head = g.node("Shape", [x!], { start: 0, end: 1 });
    const shape = g.node("Concat", [head, g.ints(-1)], { axis: 0 });
    g.output(g.node("Reshape", [x!, shape]), "float32", ["a", "b"], "out");
    g.output(shape, "int64", [2], "shape");
  }),
  built("Reshape, keeping a dimension", { x }, (g, { x }) => {
    const out = g.node("Reshape", [x!, g.ints(0, 4, -1)]);
    g.output(out, "float32", ["a", "b", "c"], "out");
  }),
  built("Concat of tensors", { x, y: normal([2, 3, 8]) }, (g, { x, y }) => {
    const out = g.node("Concat", [x!, y!], { axis: 1 });
    g.output(out, "float32", ["a", "b", "c"], "out");
  }),
  built("a constant scalar", { x }, (g, { x }) => {
    const out = g.node("Mul", [x!, g.scalar(0.25)]);
    g.output(out, "float32", ["a", "b", "c"], "out");
  }),
  topK(1),
  topK(0),
];

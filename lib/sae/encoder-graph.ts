import {
  float32,
  GraphBuilder,
  int64,
  type CompiledGraph,
  type Engine,
  type Tensor,
} from "#lib/compute/index";

const INT32 = 6; // onnx.proto: TensorProto.DataType.INT32

/** The encoder's weights, row-major, W_enc with one row per latent. */
export interface EncoderWeights {
  W_enc: Float32Array;
  b_enc: Float32Array;
  b_dec: Float32Array;
}

/**
 * The dense part of every architecture, z = (x − b_dec) W_encᵀ + b_enc
 * (docs/method.md, Eq. 1), as two graphs: one that returns each row's largest
 * entries, so that the dense z never leaves the engine, and one that returns
 * all of z, for rows with too many. Biases are fed; W_enc is fed too while it
 * changes, and sent to the engine once where it is given at compilation.
 */
export class EncoderGraph {
  private z = new Float32Array();

  private constructor(
    private readonly largest: CompiledGraph,
    private readonly all: CompiledGraph,
    readonly dIn: number,
    private readonly feedsWeights: boolean,
  ) {}

  /** For weights that change between runs. */
  static compile(engine: Engine, dIn: number): Promise<EncoderGraph> {
    return EncoderGraph.build(engine, dIn, {});
  }

  /**
   * For one W_enc, [dSae × dIn], which must not change; that of the weights
   * given later is not read.
   */
  static compileFor(
    engine: Engine,
    dIn: number,
    W_enc: Float32Array,
  ): Promise<EncoderGraph> {
    return EncoderGraph.build(engine, dIn, {
      W_enc: float32(W_enc, [W_enc.length / dIn, dIn]),
    });
  }

  private static async build(
    engine: Engine,
    dIn: number,
    constants: Record<string, Tensor>,
  ): Promise<EncoderGraph> {
    const largest = new GraphBuilder();
    const k = largest.input("k", "int64", [1]);
    const [values, indices] = largest.multi(
      "TopK",
      [preActivations(largest, dIn), k],
      2,
      { sorted: 0 },
    );
    largest.output(values!, "float32", ["rows", "k"], "values");
    largest.output(
      largest.node("Cast", [indices!], { to: INT32 }),
      "int32",
      ["rows", "k"],
      "indices",
    );
    const all = new GraphBuilder();
    all.output(preActivations(all, dIn), "float32", ["rows", "dSae"], "z");
    return new EncoderGraph(
      await engine.compileGraph(largest, { constants }),
      await engine.compileGraph(all, { constants }),
      dIn,
      constants.W_enc === undefined,
    );
  }

  /** The k largest entries of each row of z, in no particular order: [rows × k]. */
  async strongest(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
    k: number,
  ): Promise<{ values: Float32Array; indices: Int32Array }> {
    const results = await this.largest.run({
      ...this.feeds(weights, x, rows),
      k: int64([k], [1]),
    });
    return {
      values: results.values!.data as Float32Array,
      indices: results.indices!.data as Int32Array,
    };
  }

  /** z, [rows × dSae]; valid until the next call. */
  async dense(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
  ): Promise<Float32Array> {
    const length = rows * weights.b_enc.length;
    if (this.z.length < length) this.z = new Float32Array(length);
    const z = this.z.subarray(0, length);
    await this.all.run(this.feeds(weights, x, rows), {
      z: float32(z, [rows, weights.b_enc.length]),
    });
    return z;
  }

  private feeds(
    weights: EncoderWeights,
    x: Float32Array,
    rows: number,
  ): Record<string, Tensor> {
    const { dIn } = this;
    const dSae = weights.b_enc.length;
    return {
      x: float32(x, [rows, dIn]),
      ...(this.feedsWeights
        ? { W_enc: float32(weights.W_enc, [dSae, dIn]) }
        : {}),
      b_enc: float32(weights.b_enc, [dSae]),
      b_dec: float32(weights.b_dec, [dIn]),
    };
  }

  async dispose(): Promise<void> {
    await this.largest.dispose();
    await this.all.dispose();
  }
}

function preActivations(graph: GraphBuilder, dIn: number): string {
  const x = graph.input("x", "float32", ["rows", dIn]);
  const W_enc = graph.input("W_enc", "float32", ["dSae", dIn]);
  const b_enc = graph.input("b_enc", "float32", ["dSae"]);
  const b_dec = graph.input("b_dec", "float32", [dIn]);
  const centred = graph.node("Sub", [x, b_dec]);
  return graph.node("Gemm", [centred, W_enc, b_enc], { transB: 1 });
}

import { compileGraph, float32, GraphBuilder } from "#lib/compute/index";
import type { CompiledGraph } from "#lib/compute/index";

/** int32 in onnx.proto's TensorProto.DataType, for Cast. */
const INT32 = 6;
/** Largest product held at once: 64 MB of float32. */
const MAX_PRODUCT = 1 << 24;

/** For each row of x: `k` table rows, ranked by their inner product with it. */
export interface Ranking {
  /** Inner products, [rows × k]. */
  values: Float32Array;
  /** Table rows, [rows × k]. Of equals, the smaller row comes first. */
  indices: Int32Array;
}

export interface ProductTopKOptions {
  /** The table, row-major [tableRows × dim]. Used in place, not copied. */
  table: Float32Array;
  tableRows: number;
  dim: number;
  /** How many to keep a row; at most `tableRows`. */
  k: number;
  /** Whether the k smallest are wanted, too. */
  smallest?: boolean;
  /** Whether the product itself is wanted, too. */
  product?: boolean;
  threads?: number | undefined;
}

/**
 * x · tableᵀ and its largest (and smallest) entries a row, as one graph: the
 * product leaves the engine only where it is asked for.
 */
export class ProductTopK {
  private constructor(
    private readonly graph: CompiledGraph,
    private readonly options: ProductTopKOptions,
  ) {}

  /** Rows of x that one call of `run` should be given. */
  get blockRows(): number {
    const fitting = Math.floor(MAX_PRODUCT / this.options.tableRows);
    return Math.min(256, Math.max(1, fitting));
  }

  static async create(options: ProductTopKOptions): Promise<ProductTopK> {
    const { tableRows, dim, k, smallest = false, threads } = options;
    const g = new GraphBuilder();
    const x = g.input("x", "float32", ["rows", dim]);
    const table = g.input("table", "float32", [tableRows, dim]);
    const product = g.node("Gemm", [x, table], { transB: 1 });
    const rank = (largest: 0 | 1, name: string): void => {
      const [values, indices] = g.multi("TopK", [product, g.ints(k)], 2, {
        axis: 1,
        largest,
        sorted: 1,
      });
      const narrow = g.node("Cast", [indices!], { to: INT32 });
      g.output(values!, "float32", ["rows", k], `${name}Values`);
      g.output(narrow, "int32", ["rows", k], `${name}Indices`);
    };
    rank(1, "largest");
    if (smallest) rank(0, "smallest");
    if (options.product) {
      g.output(product, "float32", ["rows", tableRows], "product");
    }
    const graph = await compileGraph(
      g,
      threads === undefined ? {} : { threads },
    );
    return new ProductTopK(graph, options);
  }

  /** @param x row-major [rows × dim] */
  async run(
    x: Float32Array,
    rows: number,
  ): Promise<{
    largest: Ranking;
    smallest: Ranking | null;
    /** [rows × tableRows] */
    product: Float32Array | null;
  }> {
    const { table, tableRows, dim, smallest } = this.options;
    const out = await this.graph.run({
      x: float32(x, [rows, dim]),
      table: float32(table, [tableRows, dim]),
    });
    const ranking = (name: string): Ranking => ({
      values: out[`${name}Values`]!.data as Float32Array,
      indices: out[`${name}Indices`]!.data as Int32Array,
    });
    return {
      largest: ranking("largest"),
      smallest: smallest === true ? ranking("smallest") : null,
      product: (out.product?.data as Float32Array | undefined) ?? null,
    };
  }

  dispose(): Promise<void> {
    return this.graph.dispose();
  }
}

import {
  float32,
  GraphBuilder,
  int32,
  int64,
  type CompiledGraph,
  type Engine,
} from "#lib/compute/index";
import type { Gpt2Config } from "./config";
import { ForwardGraph, POSITIONS } from "./forward";
import { finalStage } from "./hooks";
import type { RowComparison } from "./row-comparison";
import type { Gpt2Weights } from "./weights";

const INT32 = 6; // onnx.proto: TensorProto.DataType.INT32

/**
 * The graphs of one model, each compiled when it is first needed. All name
 * the same weight arrays as constants.
 */
export class Gpt2Graphs {
  private readonly compiled = new Map<string, Promise<CompiledGraph>>();

  constructor(
    private readonly config: Gpt2Config,
    private readonly weights: Gpt2Weights,
    private readonly engine: Engine,
  ) {}

  /** tokens [batch × length] → the residual stream at each stage, in one pass. */
  async residuals(
    tokens: Int32Array,
    batch: number,
    stages: readonly number[],
  ): Promise<Float32Array[]> {
    const shape = [...SHAPE, this.config.dModel];
    const ascending = [...new Set(stages)].sort((a, b) => a - b);
    const key = `residual ${ascending.join(" ")}`;
    const results = await this.fromTokens(key, tokens, batch, (f) => {
      let x = f.embed(f.graph.input("tokens", "int32", SHAPE));
      let at = 0;
      for (const stage of ascending) {
        x = f.run(x, at, stage);
        at = stage;
        f.graph.output(x, "float32", shape, `stage ${stage}`);
      }
    });
    return stages.map((stage) => results(`stage ${stage}`));
  }

  /** tokens → logits [batch × length × dVocab]. */
  async logits(tokens: Int32Array, batch: number): Promise<Float32Array> {
    const results = await this.fromTokens("logits", tokens, batch, (f) => {
      const x = f.embed(f.graph.input("tokens", "int32", SHAPE));
      const logits = f.unembed(f.run(x, 0, finalStage(this.config)));
      f.graph.output(logits, "float32", [...SHAPE, this.config.dVocab], "out");
    });
    return results("out");
  }

  /** residual stream at the stage → logits. */
  async logitsFrom(
    residual: Float32Array,
    batch: number,
    length: number,
    stage: number,
  ): Promise<Float32Array> {
    const { dModel, dVocab } = this.config;
    const graph = await this.compile(`logitsFrom ${stage}`, (f) => {
      const x = f.graph.input("x", "float32", [...SHAPE, dModel]);
      const logits = f.unembed(f.run(x, stage, finalStage(this.config)));
      f.graph.output(logits, "float32", [...SHAPE, dVocab], "out");
    });
    const results = await graph.run({
      x: float32(residual, [batch, length, dModel]),
    });
    return results.out!.data as Float32Array;
  }

  /** residual stream at one stage → the residual stream at a later one. */
  async residualFrom(
    residual: Float32Array,
    batch: number,
    length: number,
    [from, to]: readonly [number, number],
  ): Promise<Float32Array> {
    if (from === to) return residual;
    const { dModel } = this.config;
    const graph = await this.compile(`residualFrom ${from} ${to}`, (f) => {
      const shape = [...SHAPE, dModel];
      const x = f.graph.input("x", "float32", shape);
      f.graph.output(f.run(x, from, to), "float32", shape, "out");
    });
    const results = await graph.run({
      x: float32(residual, [batch, length, dModel]),
    });
    return results.out!.data as Float32Array;
  }

  /** See `Gpt2.compareRows`. Logits never leave the graph. */
  async compareRows(
    reference: Float32Array,
    altered: Float32Array,
    targets: Int32Array,
    k: number,
  ): Promise<RowComparison> {
    const { dModel } = this.config;
    const rows = targets.length;
    const graph = await this.compile("compare rows", compareRowsGraph(dModel));
    const results = await graph.run({
      reference: float32(reference, [rows, dModel]),
      altered: float32(altered, [rows, dModel]),
      targets: int32(targets, [rows, 1]),
      k: int64([k], [1]),
    });
    const floats = (name: string) => results[name]!.data as Float32Array;
    return {
      ceReference: floats("ceReference"),
      ceAltered: floats("ceAltered"),
      kl: floats("kl"),
      top: {
        ids: results.ids!.data as Int32Array,
        reference: floats("topReference"),
        altered: floats("topAltered"),
      },
    };
  }

  /**
   * Cross-entropies and KL of two residual streams at the stage, for every
   * position [batch × length]; the last position's target is meaningless.
   * Logits never leave the graph.
   */
  async compareFrom(
    reference: Float32Array,
    altered: Float32Array,
    tokens: Int32Array,
    batch: number,
    stage: number,
  ): Promise<{
    ceReference: Float32Array;
    ceAltered: Float32Array;
    kl: Float32Array;
  }> {
    const { dModel } = this.config;
    const length = tokens.length / batch;
    const graph = await this.compile(`compare ${stage}`, (f) => {
      const g = f.graph;
      const shape = [...SHAPE, dModel];
      const targets = g.input("targets", "int32", [...SHAPE, 1]);
      const logProbabilities = (name: string) => {
        const x = g.input(name, "float32", shape);
        const logits = f.unembed(f.run(x, stage, finalStage(this.config)));
        return g.node("LogSoftmax", [logits], { axis: -1 });
      };
      const p = logProbabilities("reference");
      const q = logProbabilities("altered");
      const crossEntropy = (logP: string) =>
        g.node("Neg", [g.node("GatherElements", [logP, targets], { axis: 2 })]);
      const difference = g.node("Sub", [p, q]);
      const weighted = g.node("Mul", [g.node("Exp", [p]), difference]);
      const kl = g.node("ReduceSum", [weighted, g.ints(-1)], { keepdims: 0 });
      g.output(crossEntropy(p), "float32", [...SHAPE, 1], "ceReference");
      g.output(crossEntropy(q), "float32", [...SHAPE, 1], "ceAltered");
      g.output(kl, "float32", SHAPE, "kl");
    });
    const targets = new Int32Array(tokens.length);
    for (let i = 0; i < tokens.length; i++) {
      targets[i] = (i + 1) % length === 0 ? 0 : tokens[i + 1]!;
    }
    const results = await graph.run({
      reference: float32(reference, [batch, length, dModel]),
      altered: float32(altered, [batch, length, dModel]),
      targets: int32(targets, [batch, length, 1]),
    });
    return {
      ceReference: results.ceReference!.data as Float32Array,
      ceAltered: results.ceAltered!.data as Float32Array,
      kl: results.kl!.data as Float32Array,
    };
  }

  async dispose(): Promise<void> {
    for (const entry of this.compiled.values()) {
      await (await entry).dispose();
    }
    this.compiled.clear();
  }

  private async fromTokens(
    key: string,
    tokens: Int32Array,
    batch: number,
    build: (forward: ForwardGraph) => void,
  ): Promise<(output: string) => Float32Array> {
    const graph = await this.compile(key, build);
    const length = tokens.length / batch;
    const { dModel } = this.config;
    const positions = this.weights.tensors["wpe.weight"]!.data;
    const results = await graph.run({
      tokens: int32(tokens, [batch, length]),
      [POSITIONS]: float32(positions.subarray(0, length * dModel), [
        length,
        dModel,
      ]),
    });
    return (output) => results[output]!.data as Float32Array;
  }

  private compile(
    key: string,
    build: (forward: ForwardGraph) => void,
  ): Promise<CompiledGraph> {
    let entry = this.compiled.get(key);
    if (entry === undefined) {
      const forward = new ForwardGraph(new GraphBuilder(), this.config);
      build(forward);
      const constants = Object.fromEntries(
        forward.weightNames.map((n) => [n, this.weights.tensors[n]!]),
      );
      entry = this.engine.compileGraph(forward.graph, { constants });
      this.compiled.set(key, entry);
      // A failure is not kept: the next call tries again.
      entry.catch(() => this.compiled.delete(key));
    }
    return entry;
  }
}

const SHAPE = ["batch", "length"] as const;

const compareRowsGraph =
  (dModel: number) =>
  (f: ForwardGraph): void => {
    const g = f.graph;
    const targets = g.input("targets", "int32", ["rows", 1]);
    const k = g.input("k", "int64", [1]);
    const logProbabilities = (name: string) =>
      g.node(
        "LogSoftmax",
        [f.logits(g.input(name, "float32", ["rows", dModel]))],
        { axis: -1 },
      );
    const p = logProbabilities("reference");
    const q = logProbabilities("altered");
    const at = (logP: string, ids: string) =>
      g.node("GatherElements", [logP, ids], { axis: 1 });
    const weighted = g.node("Mul", [g.node("Exp", [p]), g.node("Sub", [p, q])]);
    const kl = g.node("ReduceSum", [weighted, g.ints(-1)], { keepdims: 0 });
    const [values, indices] = g.multi("TopK", [p, k], 2, { sorted: 1 });
    const ids = g.node("Cast", [indices!], { to: INT32 });
    const column = ["rows", 1];
    const top = ["rows", "k"];
    g.output(g.node("Neg", [at(p, targets)]), "float32", column, "ceReference");
    g.output(g.node("Neg", [at(q, targets)]), "float32", column, "ceAltered");
    g.output(kl, "float32", ["rows"], "kl");
    g.output(ids, "int32", top, "ids");
    g.output(values!, "float32", top, "topReference");
    g.output(at(q, ids), "float32", top, "topAltered");
  };

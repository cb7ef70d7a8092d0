import { CONTRIB, type GraphBuilder } from "#lib/compute/index";
import type { Gpt2Config } from "./config";
import { finalStage } from "./hooks";
import { weightShapes } from "./weights";

/**
 * GPT-2's forward pass as graph nodes (Radford et al. 2019; pre-LayerNorm,
 * tanh GELU, tied unembedding). Weights are graph inputs named as in the
 * file; each is declared when it is first used, so a graph that stops early
 * asks for no later weight.
 *
 * Shapes: tokens [batch, length]; residual [batch, length, dModel].
 */
export class ForwardGraph {
  private readonly shapes: Record<string, number[]>;
  private readonly declared = new Set<string>();

  constructor(
    readonly graph: GraphBuilder,
    private readonly config: Gpt2Config,
  ) {
    this.shapes = weightShapes(config);
  }

  /** Names of the weights to feed. */
  get weightNames(): readonly string[] {
    return [...this.declared].filter((name) => name !== POSITIONS);
  }

  private weight(name: string): string {
    if (!this.declared.has(name)) {
      this.declared.add(name);
      this.graph.input(name, "float32", this.shapes[name]!);
    }
    return name;
  }

  /** Token + position embeddings: stage 0. */
  embed(tokens: string): string {
    const g = this.graph;
    this.declared.add(POSITIONS);
    const positions = g.input(POSITIONS, "float32", [
      "length",
      this.config.dModel,
    ]);
    const embedded = g.node("Gather", [this.weight("wte.weight"), tokens]);
    return g.node("Add", [embedded, positions]);
  }

  /** Runs the sublayers from one stage of the residual stream to another. */
  run(x: string, from: number, to: number): string {
    const last = finalStage(this.config);
    for (let stage = from; stage < to; stage++) {
      if (stage === last - 1) x = this.layerNorm(x, "ln_f");
      else if (stage % 2 === 0) x = this.attention(x, stage / 2);
      else x = this.mlp(x, (stage - 1) / 2);
    }
    return x;
  }

  /** Logits [batch, length, dVocab] of the normalised residual stream. */
  unembed(normalized: string): string {
    const g = this.graph;
    const { dModel, dVocab } = this.config;
    const rows = g.node("Reshape", [normalized, g.ints(-1, dModel)]);
    const logits = this.logits(rows);
    const shape = g.node(
      "Concat",
      [g.node("Shape", [normalized], { start: 0, end: 2 }), g.ints(dVocab)],
      { axis: 0 },
    );
    return g.node("Reshape", [logits, shape]);
  }

  /** Logits [rows, dVocab] of normalised rows [rows, dModel]. */
  logits(rows: string): string {
    return this.graph.node("Gemm", [rows, this.weight("wte.weight")], {
      transB: 1,
    });
  }

  private layerNorm(x: string, name: string): string {
    return this.graph.node(
      "LayerNormalization",
      [x, this.weight(`${name}.weight`), this.weight(`${name}.bias`)],
      { epsilon: { float: this.config.layerNormEps } },
    );
  }

  private linear(x: string, name: string): string {
    const g = this.graph;
    const product = g.node("MatMul", [x, this.weight(`${name}.weight`)]);
    return g.node("Add", [product, this.weight(`${name}.bias`)]);
  }

  private attention(x: string, layer: number): string {
    const g = this.graph;
    const h = `h.${layer}`;
    // One fused operator: query, key and value products, causal mask, softmax.
    const mixed = g.node(
      "Attention",
      [
        this.layerNorm(x, `${h}.ln_1`),
        this.weight(`${h}.attn.c_attn.weight`),
        this.weight(`${h}.attn.c_attn.bias`),
      ],
      { num_heads: this.config.nHeads, unidirectional: 1 },
      { domain: CONTRIB },
    );
    return g.node("Add", [x, this.linear(mixed, `${h}.attn.c_proj`)]);
  }

  private mlp(x: string, layer: number): string {
    const g = this.graph;
    const h = `h.${layer}`;
    const hidden = g.node("MatMul", [
      this.layerNorm(x, `${h}.ln_2`),
      this.weight(`${h}.mlp.c_fc.weight`),
    ]);
    const active = g.node(
      "FastGelu",
      [hidden, this.weight(`${h}.mlp.c_fc.bias`)],
      {},
      { domain: CONTRIB },
    );
    return g.node("Add", [x, this.linear(active, `${h}.mlp.c_proj`)]);
  }
}

/** Rows 0 … length − 1 of wpe, cut to the length that is run. */
export const POSITIONS = "positions";

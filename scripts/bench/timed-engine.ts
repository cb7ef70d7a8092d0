import type {
  CompiledGraph,
  CompileOptions,
  Engine,
  GraphBuilder,
} from "#lib/compute/index";

/** Another engine, with a stopwatch that runs while its graphs do. */
export class TimedEngine implements Engine {
  /** Inside graphs, since the last `reset`. */
  seconds = 0;
  /** Rows of the input "x" that went into them. */
  rows = 0;

  constructor(private readonly inner: Engine) {}

  get name() {
    return this.inner.name;
  }

  get device() {
    return this.inner.device;
  }

  async compileGraph(
    graph: GraphBuilder,
    options?: CompileOptions,
  ): Promise<CompiledGraph> {
    const compiled = await this.inner.compileGraph(graph, options);
    return {
      run: async (feeds, into) => {
        const began = performance.now();
        const results = await compiled.run(feeds, into);
        this.seconds += (performance.now() - began) / 1000;
        this.rows += feeds.x?.dims[0] ?? 0;
        return results;
      },
      dispose: () => compiled.dispose(),
    };
  }

  reset(): void {
    this.seconds = 0;
    this.rows = 0;
  }

  dispose(): Promise<void> {
    return this.inner.dispose();
  }
}

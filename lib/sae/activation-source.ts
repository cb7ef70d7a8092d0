/**
 * Where training activations come from. The SAE code asks for sequences by
 * number and neither knows nor cares which model or corpus is behind them.
 */
export interface ActivationSource {
  readonly dIn: number;
  /** Sequences are numbered 0 … sequences − 1. */
  readonly sequences: number;
  /** Changes whenever an activation could change: model, hook, tokens. */
  readonly fingerprint: string;
  /** Activations (rows) that a sequence yields; BOS yields none. */
  rowsOf(sequence: number): number;
  /**
   * Writes the rows of these sequences, in the order given, to the front of
   * `out`. The same call always writes the same bytes.
   */
  read(sequences: Uint32Array, out: Float32Array): Promise<void>;
}

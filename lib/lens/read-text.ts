import type { SparseCode } from "#lib/compute/index";
import { decode } from "#lib/sae/index";
import type { Lens } from "./engine";
import { summariseFeatures, type FeatureColumns } from "./feature-columns";
import { valuesOf } from "./feature-values";
import { answeredRows, cutText } from "./tokens";
import type { Window } from "./windows";

export interface ReadRequest {
  text: string;
  /** Features reported of each token, strongest first. */
  perToken: number;
  /** Also report this feature on every token. */
  feature?: number | undefined;
}

/** What a text looks like to an SAE; one row a token, BOS left out. */
export interface TextReading {
  tokens: Uint16Array;
  windows: Window[];
  /** Tokens of a context, BOS included. */
  contextSize: number;
  /** Each token's strongest features, strongest first. */
  code: SparseCode;
  /** Features active on each token, whether reported or not. */
  l0: Uint32Array;
  /** Eq. 42. */
  error: Float32Array;
  /** Eq. 42 over the whole text. */
  unexplained: number;
  /** Features of the whole text, in no particular order. */
  features: FeatureColumns;
  featureValues: Float32Array | undefined;
}

/**
 * Runs the model and the SAE on a text.
 *
 * @throws AppError "invalid" for a text that is too long.
 */
export async function readText(
  lens: Lens,
  { text, perToken, feature }: ReadRequest,
): Promise<TextReading> {
  const { model, sae, encoder } = lens;
  const { dIn, dSae, hookName } = sae.config;
  const cutUp = cutText(text, lens.contextSize);
  const { tokens, cut, batch } = cutUp;
  const residual = await model.residual(batch, cut.windows.length, hookName);
  const x = answeredRows(cutUp, residual, dIn);
  const code = await encoder.encode(x, tokens.length);
  const { error, unexplained } = errors(x, decode(sae, code), lens.mean);
  return {
    tokens,
    windows: cut.windows,
    contextSize: lens.contextSize,
    code: strongestFirst(code, perToken),
    l0: Uint32Array.from(
      tokens,
      (_, t) => code.rowPtr[t + 1]! - code.rowPtr[t]!,
    ),
    error,
    unexplained,
    features: summariseFeatures(code, dSae),
    featureValues: feature === undefined ? undefined : valuesOf(code, feature),
  };
}

/** Eq. 42: e_t = ‖x_t − x̂_t‖² / ‖x_t − m‖², and both summed over the text. */
function errors(x: Float32Array, xHat: Float32Array, mean: Float64Array) {
  const dim = mean.length;
  const error = new Float32Array(x.length / dim);
  let lost = 0;
  let all = 0;
  for (let t = 0; t < error.length; t++) {
    let missed = 0;
    let distance = 0;
    for (let c = 0; c < dim; c++) {
      const v = x[t * dim + c]!;
      missed += (v - xHat[t * dim + c]!) ** 2;
      distance += (v - mean[c]!) ** 2;
    }
    error[t] = missed / distance;
    lost += missed;
    all += distance;
  }
  return { error, unexplained: lost / all };
}

/** The code with rows in order of activation, cut to `limit` entries each. */
function strongestFirst(code: SparseCode, limit: number): SparseCode {
  const { rows, rowPtr, indices, values } = code;
  const out = {
    rows,
    rowPtr: new Uint32Array(rows + 1),
    indices: new Uint32Array(indices.length),
    values: new Float32Array(indices.length),
  };
  let to = 0;
  for (let row = 0; row < rows; row++) {
    const order = Uint32Array.from(
      { length: rowPtr[row + 1]! - rowPtr[row]! },
      (_, i) => rowPtr[row]! + i,
    ).sort((a, b) => values[b]! - values[a]! || indices[a]! - indices[b]!);
    for (const e of order.subarray(0, limit)) {
      out.indices[to] = indices[e]!;
      out.values[to++] = values[e]!;
    }
    out.rowPtr[row + 1] = to;
  }
  out.indices = out.indices.subarray(0, to);
  out.values = out.values.subarray(0, to);
  return out;
}

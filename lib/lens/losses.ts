import { FINAL_HOOK } from "#lib/gpt2/index";
import { decode } from "#lib/sae/index";
import type { Lens } from "./engine";
import { answeredRows, cutText } from "./tokens";

/** Predictions reported of each token. */
export const TOP_PREDICTIONS = 3;

/**
 * How well the token after each token is predicted, nats. The last token has
 * nothing after it: its entries are NaN, but for its predictions.
 */
export interface TextLosses {
  tokens: Uint16Array;
  /** Cross-entropy as the model is (Eq. 15). */
  ce: Float32Array;
  /** The same with x̂ in place of x at the hook, on all tokens but BOS. */
  ceSpliced: Float32Array;
  /** KL(clean ‖ spliced), Eq. 17. */
  kl: Float32Array;
  /** Likeliest next tokens, likeliest first: [tokens × TOP_PREDICTIONS]. */
  top: { ids: Uint32Array; probabilities: Float32Array };
}

/**
 * Runs the model on a text as it is and with the SAE spliced in.
 *
 * @throws AppError "invalid" for a text that is too long.
 */
export async function textLosses(
  lens: Lens,
  { text }: { text: string },
): Promise<TextLosses> {
  const { model, sae } = lens;
  const { dIn, hookName } = sae.config;
  const cutUp = cutText(text, lens.contextSize);
  const { tokens, cut, batch } = cutUp;
  const count = cut.windows.length;
  const width = cut.length + 1;
  const [x, clean] = await model.residuals(batch, count, [
    hookName,
    FINAL_HOOK,
  ]);
  const spliced = await model.residualFrom(
    await splice(lens, x!, width),
    count,
    width,
    hookName,
    FINAL_HOOK,
  );
  const compared = await model.compareRows(
    answeredRows(cutUp, clean!, dIn),
    answeredRows(cutUp, spliced, dIn),
    Int32Array.from(tokens, (_, t) => tokens[t + 1] ?? 0),
    TOP_PREDICTIONS,
  );
  for (const key of ["ceReference", "ceAltered", "kl"] as const) {
    compared[key][tokens.length - 1] = NaN;
  }
  return {
    tokens,
    ce: compared.ceReference,
    ceSpliced: compared.ceAltered,
    kl: compared.kl,
    top: {
      ids: Uint32Array.from(compared.top.ids),
      probabilities: compared.top.reference.map(Math.exp),
    },
  };
}

/**
 * x̂ in place of x on every row but the first of each window, BOS, which an
 * SAE is not asked to explain.
 */
export async function splice(
  { sae, encoder }: Pick<Lens, "sae" | "encoder">,
  x: Float32Array,
  width: number,
): Promise<Float32Array> {
  const { dIn } = sae.config;
  const rows = x.length / dIn;
  const out = decode(sae, await encoder.encode(x, rows));
  for (let row = 0; row < rows; row += width) {
    out.set(x.subarray(row * dIn, (row + 1) * dIn), row * dIn);
  }
  return out;
}

import type { LensPredictions, LensText } from "#app/_queries/lens";

/** Everything about a reading, one object a token. */
export function lensJson(
  lens: LensText,
  losses: LensPredictions | undefined,
): string {
  const { code } = lens;
  const tokens = lens.tokens.map((token, t) => {
    const from = code.rowPtr[t]!;
    const features = code.features.subarray(from, code.rowPtr[t + 1]);
    return {
      ...token,
      l0: lens.l0[t],
      error: lens.error[t],
      ...(losses && {
        // JSON has no NaN: the last token's losses are null.
        loss: losses.ce[t],
        lossWithSae: losses.ceSpliced[t],
        kl: losses.kl[t],
        predictions: losses.top(t),
      }),
      features: Array.from(features, (feature, i) => ({
        feature,
        activation: code.values[from + i],
      })),
    };
  });
  const { contextSize, windows, unexplained } = lens;
  return JSON.stringify({ contextSize, windows, unexplained, tokens }, null, 1);
}

const HEAD =
  "position,token_id,token,l0,error,loss,loss_with_sae,kl,feature,activation";

/** One line a token and feature. */
export function lensCsv(
  { tokens, code, l0, error }: LensText,
  losses: LensPredictions | undefined,
): string {
  const lines = [HEAD];
  tokens.forEach((token, t) => {
    const loss = (column: Float32Array | undefined) => {
      const value = column?.[t];
      return value === undefined || Number.isNaN(value) ? "" : value;
    };
    const start = [
      t,
      token.id,
      csvText(token.text),
      l0[t],
      error[t],
      loss(losses?.ce),
      loss(losses?.ceSpliced),
      loss(losses?.kl),
    ].join(",");
    for (let e = code.rowPtr[t]!; e < code.rowPtr[t + 1]!; e++) {
      lines.push(`${start},${code.features[e]},${code.values[e]}`);
    }
  });
  return `${lines.join("\n")}\n`;
}

/** Quoted; what a spreadsheet would run as a formula begins with an apostrophe. */
export function csvText(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

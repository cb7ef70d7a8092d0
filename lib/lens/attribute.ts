import { AppError } from "#lib/errors";
import { BOS, FINAL_HOOK, type RowComparison } from "#lib/gpt2/index";
import { decode } from "#lib/sae/index";
import { directParts, logitDirection, type DirectParts } from "./direct-parts";
import type { Lens } from "./engine";
import { splice } from "./losses";
import { measureEffects, type MeasuredEffect } from "./measure-effects";
import { cutText, type CutText } from "./tokens";
import { windowOf } from "./windows";

export interface AttributionRequest {
  text: string;
  /** Number of the token after which something is predicted. */
  token: number;
  /** Whose logit is taken apart; default: the token that follows, or after the last one the likeliest. */
  target?: number | undefined;
  /** The token it is compared with; default: all of them, on average. */
  against?: number | undefined;
  /** Features with the largest contributions whose effect is also measured. */
  measure: number;
  /** Predictions reported. */
  predictions: number;
}

export interface Attribution {
  tokens: Uint16Array;
  target: number;
  /** Logit of the target less that it is compared with, by the model itself. */
  logit: number;
  /** Eq. 43: its parts, which add up to it. */
  parts: DirectParts;
  /** Log-probability of the target, as the model is and with the SAE spliced in. */
  logProbability: { clean: number; spliced: number };
  top: RowComparison["top"];
  /** Eq. 44, in the order of the contributions' size. */
  measured: MeasuredEffect[];
}

/**
 * What an SAE's features contribute to the prediction after one token.
 *
 * @throws AppError "invalid" for a text that is too long or has no such token.
 */
export async function attribute(
  lens: Lens,
  request: AttributionRequest,
): Promise<Attribution> {
  const { model, sae, encoder } = lens;
  const { hookName, dIn } = sae.config;
  const cutUp = cutText(request.text, lens.contextSize);
  const { tokens } = cutUp;
  const prefix = readBefore(cutUp, request.token);
  // Stages of the whole prefix; what is asked is the last row of each.
  const stages = await model.residuals(prefix, 1, [
    hookName,
    lastResidual(lens),
    FINAL_HOOK,
  ]);
  const [x, last, final] = stages.map((rows) => rows.subarray(-dIn));
  const spliced = await model.residualFrom(
    await splice(lens, stages[0]!, prefix.length),
    1,
    prefix.length,
    hookName,
    FINAL_HOOK,
  );
  const given = request.target ?? tokens[request.token + 1];
  const compared = await model.compareRows(
    final!,
    spliced.subarray(-dIn),
    Int32Array.of(given ?? 0),
    request.predictions,
  );
  const { top } = compared;
  const target = given ?? top.ids[0]!;
  const direction = logitDirection(lens, target, request.against);
  const code = await encoder.encode(x!, 1);
  const parts = directParts(lens, direction, {
    x: x!,
    xHat: decode(sae, code),
    last: last!,
    code,
  });
  return {
    tokens,
    target,
    logit: dot(direction, final!),
    parts,
    logProbability:
      given === undefined
        ? { clean: top.reference[0]!, spliced: top.altered[0]! }
        : {
            clean: -compared.ceReference[0]!,
            spliced: -compared.ceAltered[0]!,
          },
    top,
    measured: await measureEffects(lens, {
      residual: stages[0]!,
      final: final!,
      direction,
      target,
      features: parts.features.slice(0, request.measure),
    }),
  };
}

/** BOS and the text up to a token, as the window that answers for it reads it. */
function readBefore({ tokens, cut }: CutText, token: number): Uint16Array {
  if (token >= tokens.length) {
    throw new AppError(
      "invalid",
      `There is no token ${token}: the text's tokens are 0 to ${tokens.length - 1}.`,
    );
  }
  const { start } = windowOf(cut, token);
  return Uint16Array.of(BOS, ...tokens.subarray(start, token + 1));
}

/** The residual stream before the final LayerNorm; that after it where the SAE reads there. */
function lastResidual({ model, sae }: Lens): string {
  if (sae.config.hookName === FINAL_HOOK) return FINAL_HOOK;
  return `blocks.${model.config.nLayers - 1}.hook_resid_post`;
}

function dot(a: Float64Array, b: Float32Array): number {
  return a.reduce((sum, v, c) => sum + v * b[c]!, 0);
}

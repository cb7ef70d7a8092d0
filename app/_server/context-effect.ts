import type { ContextEffect } from "#lib/contract/index";
import { AppError } from "#lib/errors";
import { tokenTexts } from "#lib/gpt2/index";
import type { MovedTokens } from "#lib/lens/index";
import { assertFeature, readerOf } from "./databases";
import { oneToken } from "./features";
import { lensKey, lensProcess } from "./lens-process";

/** Changes smaller than this are the engine's rounding. */
const LEAST_KL = 1e-7;

/**
 * Takes a feature out of a sequence of the index and runs the model on.
 *
 * @throws AppError "not_found", or why the model cannot be run.
 */
export async function getContextEffect(
  saeId: string,
  feature: number,
  sequence: number,
  signal?: AbortSignal,
): Promise<ContextEffect> {
  const reader = readerOf(saeId);
  assertFeature(reader, feature);
  const tokens = reader.sequences([sequence]).get(sequence);
  if (!tokens) {
    throw new AppError("not_found", "The index holds no such sequence.");
  }
  const { values, lossChange, kl, raised, lowered } = await lensProcess().ask(
    "ablate",
    lensKey(saeId),
    { tokens, feature },
    signal,
  );
  const moved = (list: MovedTokens) => {
    const each = list.ids.length / tokens.length;
    return Array.from(kl, (change, t) =>
      change < LEAST_KL
        ? []
        : Array.from({ length: each }, (_, rank) => {
            const at = t * each + rank;
            return {
              token: oneToken(list.ids[at]!),
              with: list.with[at]!,
              without: list.without[at]!,
            };
          }),
    );
  };
  return {
    tokens: tokenTexts(tokens),
    values: Array.from(values),
    lossChange: Array.from(lossChange, (nats) =>
      Number.isNaN(nats) ? null : nats,
    ),
    kl: Array.from(kl),
    raised: moved(raised),
    lowered: moved(lowered),
  };
}

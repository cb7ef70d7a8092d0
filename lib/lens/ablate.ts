import { BOS } from "#lib/gpt2/index";
import type { Lens } from "./engine";
import { valuesOf } from "./feature-values";

/** Tokens reported of each prediction, raised and lowered. */
export const MOVED = 5;

export interface AblateRequest {
  /** One sequence as it was indexed, BOS first. */
  tokens: Uint16Array;
  feature: number;
}

/** What a feature does to the predictions in a sequence, [tokens] each. */
export interface Ablation {
  /** Its activations; 0 on BOS, where it is left as it is. */
  values: Float32Array;
  /**
   * The loss of the next token without the feature less that with it, nats:
   * above 0 the feature helps. NaN on the last token, and before a BOS.
   */
  lossChange: Float32Array;
  /** KL(with ‖ without) of the next token's distribution, nats. */
  kl: Float32Array;
  /**
   * The next tokens whose probability the feature raises most, and lowers most,
   * [tokens × MOVED]; all 0 where it changes nothing.
   */
  raised: MovedTokens;
  lowered: MovedTokens;
}

export interface MovedTokens {
  ids: Uint16Array;
  /** Probabilities with the feature and without it. */
  with: Float32Array;
  without: Float32Array;
}

/**
 * Takes a feature out of a sequence, f_t W_dec[i] off the residual stream on
 * every token it fires on, and runs the model on (docs/method.md, Eq. 47).
 */
export async function ablate(
  { model, sae, encoder }: Pick<Lens, "model" | "sae" | "encoder">,
  { tokens, feature }: AblateRequest,
): Promise<Ablation> {
  const { dIn, hookName } = sae.config;
  const { dVocab } = model.config;
  const { length } = tokens;
  const x = await model.residual(tokens, 1, hookName);
  const values = valuesOf(await encoder.encode(x, length), feature);
  const both = new Float32Array(2 * x.length);
  both.set(x);
  both.set(x, x.length);
  tokens.forEach((token, t) => {
    if (token === BOS) values[t] = 0;
    const f = values[t]!;
    for (let c = 0; f > 0 && c < dIn; c++) {
      both[x.length + t * dIn + c]! -= f * sae.W_dec[feature * dIn + c]!;
    }
  });
  const logits = await model.logitsFrom(both, 2, length, hookName);
  const out: Ablation = {
    values,
    lossChange: new Float32Array(length).fill(NaN),
    kl: new Float32Array(length),
    raised: emptyMoved(length),
    lowered: emptyMoved(length),
  };
  const first = values.findIndex((f) => f > 0);
  for (let t = 0; t < length; t++) {
    const next = tokens[t + 1];
    // Before it fires there is nothing to take out.
    if (first < 0 || t < first) {
      if (next !== undefined && next !== BOS) out.lossChange[t] = 0;
      continue;
    }
    const row = (run: 0 | 1) => {
      const from = (run * length + t) * dVocab;
      return logSoftmax(logits.subarray(from, from + dVocab));
    };
    const kept = row(0);
    const taken = row(1);
    if (next !== undefined && next !== BOS) {
      out.lossChange[t] = kept[next]! - taken[next]!;
    }
    compareRow(out, t, kept, taken);
  }
  return out;
}

/** KL and the tokens moved most; both rows are log-probabilities. */
function compareRow(
  out: Ablation,
  t: number,
  kept: Float64Array,
  taken: Float64Array,
): void {
  let kl = 0;
  const up = new Most();
  const down = new Most();
  kept.forEach((logP, v) => {
    const p = Math.exp(logP);
    const change = p - Math.exp(taken[v]!);
    kl += p * (logP - taken[v]!);
    up.offer(v, change);
    down.offer(v, -change);
  });
  out.kl[t] = Math.max(0, kl);
  for (const [most, moved] of [
    [up, out.raised],
    [down, out.lowered],
  ] as const) {
    most.ids.forEach((v, rank) => {
      const at = t * MOVED + rank;
      moved.ids[at] = v;
      moved.with[at] = Math.exp(kept[v]!);
      moved.without[at] = Math.exp(taken[v]!);
    });
  }
}

/** The few with the largest change. */
class Most {
  readonly ids: number[] = [];
  private readonly changes: number[] = [];

  offer(id: number, change: number): void {
    const { ids, changes } = this;
    if (ids.length === MOVED && change <= changes[MOVED - 1]!) return;
    let at = ids.length;
    while (at > 0 && changes[at - 1]! < change) at--;
    ids.splice(at, 0, id);
    changes.splice(at, 0, change);
    if (ids.length > MOVED) {
      ids.pop();
      changes.pop();
    }
  }
}

function logSoftmax(logits: Float32Array): Float64Array {
  let max = -Infinity;
  for (const logit of logits) if (logit > max) max = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - max);
  const norm = max + Math.log(sum);
  return Float64Array.from(logits, (logit) => logit - norm);
}

function emptyMoved(length: number): MovedTokens {
  return {
    ids: new Uint16Array(length * MOVED),
    with: new Float32Array(length * MOVED),
    without: new Float32Array(length * MOVED),
  };
}

import type * as Tf from "@tensorflow/tfjs";
import type { TfModule } from "#lib/compute/index";
import type { TrainingConfig } from "#lib/sae/config";
import { parametersOf, type ParameterName } from "#lib/sae/train-state";
import type { DeviceState } from "./device-state";
import type { Parameters } from "./objective";

/** Below any norm that matters. */
const TINY = 1e-30;

/**
 * One step of the optimiser on the device: projection, clipping, Adam, unit
 * norm, averaging, in this order.
 *
 * @param gradients of the loss; they are not disposed.
 * @param t the step's number, from 1.
 */
export function updateParameters(
  tf: TfModule,
  config: TrainingConfig,
  state: DeviceState,
  gradients: Parameters,
  lr: number,
  t: number,
): void {
  const names = parametersOf(config);
  tf.tidy(() => {
    const g = { ...gradients };
    if (config.unitNormDecoder) {
      // Before Adam: its moments must not fill with the parallel part.
      g.W_dec = withoutRows(tf, g.W_dec, state.get("W_dec"));
    }
    const scale = clipScale(
      tf,
      names.map((name) => g[name]),
      config.gradClip,
    );
    for (const name of names) {
      const gradient = scale === null ? g[name] : tf.mul(g[name], scale);
      const own = name === "threshold" ? lr * config.thresholdLrScale : lr;
      adam(tf, config, state, name, gradient, own, t);
    }
  });
  if (config.unitNormDecoder) {
    state.update("W_dec", (W_dec) => unitRows(tf, W_dec));
  }
  if (names.includes("threshold")) {
    state.update("threshold", (theta) => tf.relu(theta));
  }
  if (config.emaDecay === null) return;
  const decay = config.emaDecay;
  for (const name of names) {
    state.update(`ema.${name}`, (mean) =>
      tf.add(tf.mul(mean, decay), tf.mul(state.get(name), 1 - decay)),
    );
  }
}

/** Kingma & Ba 2015, algorithm 1; ε is outside the corrected root. */
function adam(
  tf: TfModule,
  config: TrainingConfig,
  state: DeviceState,
  name: ParameterName,
  gradient: Tf.Tensor,
  lr: number,
  t: number,
): void {
  const { beta1, beta2, epsilon } = config;
  const stepSize = lr / (1 - beta1 ** t);
  const rootScale = 1 / Math.sqrt(1 - beta2 ** t);
  state.update(`m.${name}`, (m) =>
    tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1)),
  );
  state.update(`v.${name}`, (v) =>
    tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2)),
  );
  state.update(name, (p) => {
    const root = tf.mul(tf.sqrt(state.get(`v.${name}`)), rootScale);
    const step = tf.mul(state.get(`m.${name}`), stepSize);
    return tf.sub(p, tf.div(step, tf.add(root, epsilon)));
  });
}

/** The factor that brings the norm of all gradients down to the limit. */
function clipScale(
  tf: TfModule,
  gradients: Tf.Tensor[],
  limit: number | null,
): Tf.Scalar | null {
  if (limit === null) return null;
  const squares = gradients.map((g) => tf.sum(tf.square(g)));
  const norm = tf.sqrt(tf.addN(squares));
  return tf.minimum(tf.div(limit, tf.maximum(norm, TINY)), 1);
}

/** Each row of g without its component along the same row of w. */
function withoutRows(tf: TfModule, g: Tf.Tensor, w: Tf.Tensor): Tf.Tensor {
  const along = tf.sum(tf.mul(g, w), 1, true);
  return tf.sub(g, tf.mul(along, w));
}

function unitRows(tf: TfModule, w: Tf.Tensor): Tf.Tensor {
  const norms = tf.sqrt(tf.sum(tf.square(w), 1, true));
  return tf.div(w, tf.maximum(norms, TINY));
}

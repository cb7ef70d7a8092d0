/**
 * The twin of class Step in assembly/latents.ts: its fields in order, 4 bytes
 * each. A test compares the two lists.
 */
export const STEP_FIELDS = [
  ["d", "u32"],
  ["x", "u32"],
  ["bDec", "u32"],
  ["grad", "u32"],
  ["groupEnds", "u32"],
  ["groupBytes", "u32"],
  ["colPtr", "u32"],
  ["colRow", "u32"],
  ["colValue", "u32"],
  ["colDValue", "u32"],
  ["auxGrad", "u32"],
  ["auxColPtr", "u32"],
  ["auxColRow", "u32"],
  ["auxColValue", "u32"],
  ["auxColDValue", "u32"],
  ["decoderPull", "u32"],
  ["spread", "u32"],
  ["inputSum", "u32"],
  ["rows", "f32"],
  ["biasGradient", "u32"],
  ["wEnc", "u32"],
  ["mEnc", "u32"],
  ["vEnc", "u32"],
  ["wDec", "u32"],
  ["mDec", "u32"],
  ["vDec", "u32"],
  ["bEnc", "u32"],
  ["mBias", "u32"],
  ["vBias", "u32"],
  ["beta1", "f32"],
  ["beta2", "f32"],
  ["stepSize", "f32"],
  ["rootScale", "f32"],
  ["epsilon", "f32"],
  ["unitNorm", "u32"],
  ["gradients", "u32"],
  ["latents", "u32"],
  ["clip", "f32"],
] as const;

export type StepField = (typeof STEP_FIELDS)[number][0];

/** Writes a Step into WebAssembly memory at `pointer`. */
export function writeStep(
  buffer: ArrayBufferLike,
  pointer: number,
  step: Record<StepField, number>,
): void {
  const view = new DataView(buffer, pointer, STEP_FIELDS.length * 4);
  STEP_FIELDS.forEach(([name, type], i) => {
    if (type === "u32") view.setUint32(i * 4, step[name], true);
    else view.setFloat32(i * 4, step[name], true);
  });
}

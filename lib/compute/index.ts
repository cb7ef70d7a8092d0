/**
 * The engines: dense products as ONNX graphs built in memory and run by ONNX
 * Runtime or TensorFlow.js, sparse products as WebAssembly kernels on shared
 * memory, and the file format both feed on.
 * Nothing here knows what a language model or a sparse autoencoder is.
 */
export { CONTRIB, GraphBuilder } from "./onnx/graph";
export type { Attribute, Dim } from "./onnx/graph";
export { EngineError, TFJS_DEVICES } from "./engine";
export type {
  CompiledGraph,
  CompileOptions,
  Engine,
  EngineName,
  TfjsDevice,
} from "./engine";
export { ENGINE_CHOICES, openEngine } from "./open-engine";
export type { EngineChoice, OpenedEngine, OpenOptions } from "./open-engine";
export { activateDevice, loadDevice } from "./tfjs/load-tf";
export type { LoadedDevice } from "./tfjs/load-tf";
export { TfjsEngine } from "./tfjs/tfjs-engine";
export type { TfModule } from "./tfjs/values";
export { compileGraph, onnxEngine } from "./onnx/session";
export { Arena } from "./kernels/arena";
export type { FloatBlock, UintBlock } from "./kernels/arena";
export { KernelPool } from "./kernels/pool";
export { writeStep } from "./kernels/step-layout";
export { halfTable, LARGEST_HALF, toHalf } from "./half";
export { float32, int32, int64 } from "./tensor";
export type { Tensor, TensorData, TensorType } from "./tensor";
export {
  readSafetensors,
  readSafetensorsHeader,
  writeSafetensors,
} from "./safetensors";
export { readSafetensorsElements } from "./safetensors-elements";
export type { Safetensors, SafetensorsHeader } from "./safetensors";
export type { SparseCode } from "./sparse-code";

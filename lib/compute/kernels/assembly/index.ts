// The kernels' exports. See codes.ts for sparse codes, latents.ts for the
// optimiser step, vector.ts for what both are made of.
export { buildColumns, reconstructRows, sumRows } from "./codes";
export {
  applyLatents,
  average,
  gatherLatents,
  rowNorms,
  updateLatents,
} from "./latents";
export { adam } from "./vector";

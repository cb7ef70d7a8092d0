/**
 * The atlas: a map of all live features in the plane, where features with
 * near decoder directions lie together (docs/method.md, Eq. 38–40). UMAP
 * (McInnes, Healy & Melville 2018) from neighbours that are already known.
 */
export { drawAtlas, type AtlasOptions } from "./draw-atlas";

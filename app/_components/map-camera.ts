/** How large a map is drawn, in pixels, and how a map of −1 … 1 fills it. */
export interface Frame {
  width: number;
  height: number;
  /** Pixels a unit of the map at zoom 1, across and down. */
  unitX: number;
  unitY: number;
}

/** What part of a map is seen: its middle, and how many times enlarged. */
export interface Camera {
  x: number;
  y: number;
  zoom: number;
}

/** All of the map. */
export const WHOLE: Camera = { x: 0, y: 0, zoom: 1 };

const MARGIN = 0.94;
const MIN_ZOOM = 0.5;
const MAX_ZOOM = 400;

/** Both directions alike: distances mean the same across and down. */
export function squareFrame(width: number, height: number): Frame {
  const unit = (MARGIN * Math.min(width, height)) / 2;
  return { width, height, unitX: unit, unitY: unit };
}

/** Each direction fills its own side: for two quantities of different units. */
export function filledFrame(width: number, height: number): Frame {
  return { width, height, unitX: width / 2, unitY: height / 2 };
}

/** Ways to fill a box. */
export const FRAMES = { square: squareFrame, filled: filledFrame };

/** Zooms by `factor` so that the point under (px, py) stays there. */
export function zoomAt(
  camera: Camera,
  frame: Frame,
  px: number,
  py: number,
  factor: number,
): Camera {
  const wanted = camera.zoom * factor;
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, wanted));
  const [x, y] = toMap(camera, frame, px, py);
  return {
    x: x - (px - frame.width / 2) / (zoom * frame.unitX),
    y: y - (py - frame.height / 2) / (zoom * frame.unitY),
    zoom,
  };
}

/** Moves what is seen by pixels; the map's middle stays within reach. */
export function panBy(
  camera: Camera,
  frame: Frame,
  dx: number,
  dy: number,
): Camera {
  const x = camera.x - dx / (camera.zoom * frame.unitX);
  const y = camera.y - dy / (camera.zoom * frame.unitY);
  return { ...camera, x: clamp(x), y: clamp(y) };
}

function clamp(v: number): number {
  return Math.min(1.5, Math.max(-1.5, v));
}

/** The place on the map below a pixel. */
export function toMap(
  { x, y, zoom }: Camera,
  { width, height, unitX, unitY }: Frame,
  px: number,
  py: number,
): [number, number] {
  return [
    x + (px - width / 2) / (zoom * unitX),
    y + (py - height / 2) / (zoom * unitY),
  ];
}

/** The pixel above a place on the map. */
export function toPixel(
  { x, y, zoom }: Camera,
  { width, height, unitX, unitY }: Frame,
  mapX: number,
  mapY: number,
): [number, number] {
  return [
    width / 2 + (mapX - x) * zoom * unitX,
    height / 2 + (mapY - y) * zoom * unitY,
  ];
}

/** What is seen, as a polygon on the map. */
export function seenArea(camera: Camera, frame: Frame): number[] {
  const [left, top] = toMap(camera, frame, 0, 0);
  const [right, bottom] = toMap(camera, frame, frame.width, frame.height);
  return [left, top, right, top, right, bottom, left, bottom];
}

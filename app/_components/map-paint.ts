import type { Camera, Frame } from "./map-camera";

/** Points as they are painted. */
export interface PaintedPoints {
  /** [points × 2], −1 … 1; NaN for a point that is nowhere. */
  positions: Float32Array;
  /** [points] which of the colours each has. */
  classOf: Uint8Array;
  /** Opaque pixel values. */
  colours: Uint32Array;
  /** [points] 1 for those that stand out, over the pale others; null: all. */
  marked: Uint8Array | null;
}

interface Brush {
  /** Pixels a side. */
  side: number;
  /** How opaque a single point is, of 255; more of them add up. */
  one: number;
  /** Share of what is missing that every further point adds, of 256. */
  further: number;
}

/**
 * Draws points as squares straight into a picture's pixels: a hundred thousand
 * in a few milliseconds, where a canvas's own calls take many frames.
 *
 * @param pixels [height × width] RGBA, little endian, of a canvas `ratio` times
 *   the frame's size
 */
export function paintPoints(
  pixels: Uint32Array,
  frame: Frame,
  ratio: number,
  camera: Camera,
  points: PaintedPoints,
): void {
  pixels.fill(0);
  const side = Math.max(2, Math.round(ratio * pointSize(camera)));
  const paint = (brush: Brush, mark: 0 | 1 | null) => {
    paintMarked(pixels, frame, ratio, camera, points, brush, mark);
  };
  if (points.marked === null) paint({ side, one: 150, further: 90 }, null);
  else {
    paint({ side, one: 36, further: 24 }, 0);
    const larger = side + Math.round(2 * ratio);
    paint({ side: larger, one: 220, further: 128 }, 1);
  }
}

/** @param mark paints only points of this mark; null: all. */
function paintMarked(
  pixels: Uint32Array,
  frame: Frame,
  ratio: number,
  camera: Camera,
  { positions, classOf, colours, marked }: PaintedPoints,
  { side, one, further }: Brush,
  mark: 0 | 1 | null,
): void {
  const width = Math.round(frame.width * ratio);
  const height = Math.round(frame.height * ratio);
  const scaleX = camera.zoom * frame.unitX * ratio;
  const scaleY = camera.zoom * frame.unitY * ratio;
  const left = width / 2 - camera.x * scaleX - side / 2;
  const top = height / 2 - camera.y * scaleY - side / 2;
  for (let i = 0; i < classOf.length; i++) {
    if (mark !== null && marked![i] !== mark) continue;
    const x = Math.round(left + positions[2 * i]! * scaleX);
    const y = Math.round(top + positions[2 * i + 1]! * scaleY);
    // Also leaves out NaN.
    if (!(x >= 0 && y >= 0 && x + side <= width && y + side <= height)) {
      continue;
    }
    const rgb = colours[classOf[i]!]! & 0xffffff;
    for (let row = y; row < y + side; row++) {
      const from = row * width + x;
      for (let at = from; at < from + side; at++) {
        const alpha = pixels[at]! >>> 24;
        const sum =
          alpha === 0 ? one : alpha + (((255 - alpha) * further) >> 8);
        pixels[at] = (rgb | (sum << 24)) >>> 0;
      }
    }
  }
}

/** Points grow a little as one comes nearer. */
function pointSize(camera: Camera): number {
  return Math.min(9, 2.5 + 1.2 * Math.log2(Math.max(1, camera.zoom)));
}

/** "#b45309" or "rgb(1 2 3)", as the browser computes it, as one pixel. */
export function pixelOf(
  context: CanvasRenderingContext2D,
  css: string,
): number {
  context.fillStyle = css.trim() === "" ? "#888" : css;
  context.fillRect(0, 0, 1, 1);
  const { data } = context.getImageData(0, 0, 1, 1);
  return new Uint32Array(data.buffer)[0]!;
}

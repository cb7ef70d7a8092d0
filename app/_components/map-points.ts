import { toMap, type Camera, type Frame } from "./map-camera";

/** Points inside a polygon [x, y, x, y …] on the map, by the even–odd rule. */
export function pointsInside(
  positions: Float32Array,
  polygon: readonly number[],
): number[] {
  const inside: number[] = [];
  for (let i = 0; i < positions.length / 2; i++) {
    const x = positions[2 * i]!;
    const y = positions[2 * i + 1]!;
    let odd = false;
    let b = polygon.length - 2;
    for (let a = 0; a < polygon.length; b = a, a += 2) {
      const ay = polygon[a + 1]!;
      const by = polygon[b + 1]!;
      // A point without a place, NaN, is on neither side of anything.
      if (ay > y === by > y) continue;
      const crossing =
        ((polygon[b]! - polygon[a]!) * (y - ay)) / (by - ay) + polygon[a]!;
      if (x < crossing) odd = !odd;
    }
    if (odd) inside.push(i);
  }
  return inside;
}

/** The point nearest to a pixel, or −1 if none is within `reach` pixels. */
export function pointAt(
  positions: Float32Array,
  camera: Camera,
  frame: Frame,
  px: number,
  py: number,
  reach: number,
): number {
  const [x, y] = toMap(camera, frame, px, py);
  const scaleX = camera.zoom * frame.unitX;
  const scaleY = camera.zoom * frame.unitY;
  let best = -1;
  let least = reach ** 2;
  for (let i = 0; i < positions.length / 2; i++) {
    const dx = (positions[2 * i]! - x) * scaleX;
    const dy = (positions[2 * i + 1]! - y) * scaleY;
    const distance = dx * dx + dy * dy;
    // NaN, a point without a place, is never less.
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

/** Vertices a polygon in an address may have. */
const MAX_VERTICES = 64;

/** A polygon as the address keeps it: "0.1,0.2,0.3,0.4,…". */
export function polygonText(polygon: readonly number[]): string {
  const step = Math.max(1, Math.ceil(polygon.length / 2 / MAX_VERTICES));
  const kept = polygon.filter((_, i) => (i >> 1) % step === 0);
  return kept.map((v) => Number(v.toFixed(3))).join(",");
}

/** Reads `polygonText` back; null unless it is a polygon. */
export function parsePolygon(text: string | null): number[] | null {
  if (text === null) return null;
  const numbers = text.split(",").map(Number);
  const valid =
    numbers.length >= 6 &&
    numbers.length % 2 === 0 &&
    numbers.length <= 4 * MAX_VERTICES &&
    numbers.every(Number.isFinite);
  return valid ? numbers : null;
}

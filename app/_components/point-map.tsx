"use client";

import { useRef, useState, type PointerEvent } from "react";
import {
  panBy,
  toMap,
  toPixel,
  WHOLE,
  zoomAt,
  type Camera,
  type Frame,
} from "./map-camera";
import { pointAt } from "./map-points";
import { usePainting, useWheel } from "./use-map-canvas";
import styles from "./point-map.module.css";

export interface PointMapProps {
  /** What it shows, for those who do not see it. */
  label: string;
  /** [points × 2], −1 … 1; NaN for a point that is nowhere. */
  positions: Float32Array;
  /** [points] index into `colours`. */
  classOf: Uint8Array;
  /** Names of custom properties. */
  colours: readonly string[];
  /** [points] 1 for those that stand out; null: none does more than another. */
  marked: Uint8Array | null;
  frame: Frame;
  camera: Camera;
  /** Asks for a change; several may come between two frames. */
  onCamera: (change: (camera: Camera) => Camera) => void;
  /** What dragging does; with Shift held down it always selects. */
  tool: "move" | "select";
  /** The outline drawn by selecting: a free line, or a box. */
  outline: "lasso" | "box";
  /** Polygon on the map that is selected. */
  selected: readonly number[] | null;
  /** Null: nothing is selected any more. */
  onSelect: (polygon: number[] | null) => void;
  hovered: number;
  onHover: (point: number) => void;
  onOpen: (point: number) => void;
  /** A page that scrolls keeps the wheel, unless Ctrl or ⌘ is held down. */
  wheel: "always" | "withKey";
}

/** Pixels from the pointer beyond which no point is meant. */
const REACH = 14;
/** Pixels within which a press is a click and no drag. */
const STILL = 4;
const KEY_PAN = 60;
const KEY_ZOOM = 1.4;

interface Drag {
  kind: "move" | "select";
  startX: number;
  startY: number;
  moved: boolean;
  polygon: number[];
}

/**
 * Up to hundreds of thousands of points that can be moved, enlarged, pointed
 * at and selected.
 */
export function PointMap(props: PointMapProps) {
  const { frame, camera, positions, tool } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointers = useRef(new Map<number, [number, number]>());
  const drag = useRef<Drag | null>(null);
  const [drawn, setDrawn] = useState<number[] | null>(null);
  usePainting(canvas, props);
  useWheel(canvas, props);

  const place = (event: PointerEvent): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const [x, y] = place(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, [x, y]);
    const kind = event.shiftKey ? "select" : tool;
    const polygon = kind === "select" ? toMap(camera, frame, x, y) : [];
    drag.current = { kind, startX: x, startY: y, moved: false, polygon };
  };
  const onMove = (event: PointerEvent) => {
    const [x, y] = place(event);
    const before = pointers.current.get(event.pointerId);
    const current = drag.current;
    if (before === undefined || current === null) {
      const point = pointAt(positions, camera, frame, x, y, REACH);
      if (point !== props.hovered) props.onHover(point);
      return;
    }
    const far = Math.hypot(x - current.startX, y - current.startY) > STILL;
    if (!current.moved && !far) return;
    current.moved = true;
    const other = [...pointers.current].find(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, [x, y]);
    if (other !== undefined) {
      const [ox, oy] = other[1];
      const was = Math.hypot(before[0] - ox, before[1] - oy);
      const factor = Math.hypot(x - ox, y - oy) / Math.max(1, was);
      props.onCamera((c) => zoomAt(c, frame, ox, oy, factor));
    } else if (current.kind === "move") {
      const [dx, dy] = [x - before[0], y - before[1]];
      props.onCamera((c) => panBy(c, frame, dx, dy));
    } else {
      const to = toMap(camera, frame, x, y);
      current.polygon =
        props.outline === "lasso"
          ? [...current.polygon, ...to]
          : box(current.polygon, to);
      setDrawn(current.polygon);
    }
  };
  const onUp = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
    const current = drag.current;
    if (pointers.current.size > 0 || current === null) return;
    drag.current = null;
    setDrawn(null);
    if (!current.moved) {
      const [x, y] = place(event);
      const point = pointAt(positions, camera, frame, x, y, REACH);
      // A finger cannot point without pressing: its first tap only shows.
      const shown = event.pointerType !== "touch" || point === props.hovered;
      if (point >= 0 && shown) props.onOpen(point);
      else props.onHover(point);
    } else if (current.kind === "select" && current.polygon.length >= 6) {
      props.onSelect(current.polygon);
    }
  };

  const outline = drawn ?? props.selected;
  return (
    <div
      className={styles.map}
      style={{ width: frame.width, height: frame.height }}
    >
      <canvas
        ref={canvas}
        className={styles.canvas}
        role="application"
        aria-label={`${props.label}. Arrow keys move, plus and minus zoom, 0 shows all, Escape clears the selection.`}
        tabIndex={0}
        style={{
          cursor:
            props.hovered >= 0
              ? "pointer"
              : tool === "select"
                ? "crosshair"
                : "grab",
          touchAction: props.wheel === "always" ? "none" : "pan-y",
        }}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={(event) => {
          pointers.current.delete(event.pointerId);
          drag.current = null;
          setDrawn(null);
        }}
        onPointerLeave={(event) => {
          // A finger that is lifted has left, too.
          if (event.pointerType === "touch") return;
          if (drag.current === null) props.onHover(-1);
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const { key } = event;
          if (key === "Escape" && props.selected !== null) {
            event.stopPropagation();
            props.onSelect(null);
            return;
          }
          if (cameraAfterKey(key, camera, frame) === null) return;
          event.preventDefault();
          event.stopPropagation();
          props.onCamera((c) => cameraAfterKey(key, c, frame) ?? c);
        }}
      />
      <svg className={styles.overlay} aria-hidden="true">
        {outline === null ? null : (
          <polygon
            className={styles.outline}
            points={pixels(outline, camera, frame)}
          />
        )}
        {props.hovered < 0 ? null : (
          <circle
            className={styles.ring}
            {...centre(positions, props.hovered, camera, frame)}
            r={7}
          />
        )}
      </svg>
    </div>
  );
}

/** Null for a key that means nothing here. */
function cameraAfterKey(
  key: string,
  camera: Camera,
  frame: Frame,
): Camera | null {
  const [x, y] = [frame.width / 2, frame.height / 2];
  switch (key) {
    case "ArrowLeft":
      return panBy(camera, frame, KEY_PAN, 0);
    case "ArrowRight":
      return panBy(camera, frame, -KEY_PAN, 0);
    case "ArrowUp":
      return panBy(camera, frame, 0, KEY_PAN);
    case "ArrowDown":
      return panBy(camera, frame, 0, -KEY_PAN);
    case "+":
    case "=":
      return zoomAt(camera, frame, x, y, KEY_ZOOM);
    case "-":
      return zoomAt(camera, frame, x, y, 1 / KEY_ZOOM);
    case "0":
      return WHOLE;
    default:
      return null;
  }
}

/** The box between the first corner of a polygon and another point. */
function box(polygon: readonly number[], [x, y]: [number, number]): number[] {
  const [left = 0, top = 0] = polygon;
  return [left, top, x, top, x, y, left, y];
}

function pixels(
  polygon: readonly number[],
  camera: Camera,
  frame: Frame,
): string {
  const text: string[] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    const [x, y] = toPixel(camera, frame, polygon[i]!, polygon[i + 1]!);
    text.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  return text.join(" ");
}

function centre(
  positions: Float32Array,
  point: number,
  camera: Camera,
  frame: Frame,
): { cx: number; cy: number } {
  const x = positions[2 * point]!;
  const [cx, cy] = toPixel(camera, frame, x, positions[2 * point + 1]!);
  return { cx, cy };
}

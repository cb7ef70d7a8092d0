import { useEffect, useRef, type RefObject } from "react";
import { zoomAt } from "./map-camera";
import { paintPoints, pixelOf } from "./map-paint";
import type { PointMapProps } from "./point-map";

type Canvas = RefObject<HTMLCanvasElement | null>;

/** Paints before the next frame whenever something that is seen changes. */
export function usePainting(
  canvas: Canvas,
  { frame, camera, positions, classOf, colours, marked }: PointMapProps,
): void {
  const picture = useRef<ImageData | null>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d", { willReadFrequently: true });
    if (!element || !context || frame.width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const draw = () => {
      const width = Math.round(frame.width * ratio);
      const height = Math.round(frame.height * ratio);
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      if (
        picture.current?.width !== width ||
        picture.current.height !== height
      ) {
        picture.current = context.createImageData(width, height);
      }
      const style = getComputedStyle(element);
      const rgb = Uint32Array.from(colours, (name) =>
        pixelOf(context, style.getPropertyValue(name)),
      );
      const { data } = picture.current;
      const into = new Uint32Array(data.buffer);
      paintPoints(into, frame, ratio, camera, {
        positions,
        classOf,
        colours: rgb,
        marked,
      });
      context.putImageData(picture.current, 0, 0);
    };
    const request = requestAnimationFrame(draw);
    // Colours follow the theme.
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
    return () => {
      cancelAnimationFrame(request);
      theme.disconnect();
    };
  }, [canvas, frame, camera, positions, classOf, colours, marked]);
}

/** React's own wheel listeners cannot keep the page from scrolling. */
export function useWheel(
  canvas: Canvas,
  { frame, onCamera, wheel }: PointMapProps,
): void {
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      if (wheel === "withKey" && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
      const factor = Math.exp(-0.0015 * lines * event.deltaY);
      const x = event.clientX - box.left;
      const y = event.clientY - box.top;
      onCamera((camera) => zoomAt(camera, frame, x, y, factor));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => {
      element.removeEventListener("wheel", turn);
    };
  }, [canvas, frame, onCamera, wheel]);
}

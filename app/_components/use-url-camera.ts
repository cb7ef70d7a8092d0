import { useCallback, useEffect, useRef, useState } from "react";
import { WHOLE, type Camera } from "./map-camera";
import { useUrlParams } from "./use-url-params";

/** The address follows when the map has come to rest. */
const REST_MS = 250;

/** A map's camera, kept in the address as `at=x,y,zoom`. */
export function useUrlCamera(): [
  Camera,
  (change: (camera: Camera) => Camera) => void,
] {
  const [params, change] = useUrlParams();
  const [camera, setCamera] = useState(() => parseCamera(params.get("at")));
  const touched = useRef(false);
  useEffect(() => {
    if (!touched.current) return;
    const timer = setTimeout(() => {
      change({ at: camera === WHOLE ? null : cameraText(camera) });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [camera, change]);
  const move = useCallback((by: (camera: Camera) => Camera) => {
    touched.current = true;
    setCamera(by);
  }, []);
  return [camera, move];
}

function cameraText({ x, y, zoom }: Camera): string {
  return [x, y, zoom].map((v) => Number(v.toPrecision(4))).join(",");
}

function parseCamera(text: string | null): Camera {
  const [x, y, zoom] = (text ?? "").split(",").map(Number);
  if (x === undefined || y === undefined || zoom === undefined) return WHOLE;
  const valid = [x, y, zoom].every(Number.isFinite) && zoom > 0;
  return valid ? { x, y, zoom: Math.min(400, Math.max(0.5, zoom)) } : WHOLE;
}

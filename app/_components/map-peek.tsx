"use client";

import type { PointColumns } from "#app/_queries/points";
import { FeaturePeek } from "./feature-peek";
import { formatActivation, formatOneIn } from "./format";
import { toPixel, type Camera, type Frame } from "./map-camera";
import chart from "./chart.module.css";

interface MapPeekProps {
  saeId: string;
  feature: number;
  points: PointColumns;
  places: Float32Array;
  camera: Camera;
  frame: Frame;
}

const WIDTH = 230;
const HEIGHT = 130;

/** The box beside a point that is pointed at. */
export function MapPeek(props: MapPeekProps) {
  const { saeId, feature, points, places, camera, frame } = props;
  const [x, y] = toPixel(
    camera,
    frame,
    places[2 * feature]!,
    places[2 * feature + 1]!,
  );
  const above = y > frame.height - HEIGHT && y > HEIGHT;
  return (
    <div
      className={chart.floating}
      style={{
        left: Math.max(4, Math.min(x, frame.width - WIDTH - 10)),
        ...(above ? { bottom: frame.height - y + 14 } : { top: y + 14 }),
      }}
    >
      <div className={chart.tooltip}>
        <strong>#{feature}</strong> {formatOneIn(points.density[feature]!)},
        mean {formatActivation(points.meanActivation[feature]!)}
        <FeaturePeek saeId={saeId} index={feature} />
      </div>
    </div>
  );
}

"use client";

import { useRouter } from "next/navigation";
import { useMemo, useRef, useState, type ReactNode } from "react";
import type { PointColumns } from "#app/_queries/points";
import { FRAMES, seenArea, type Camera, type Frame } from "./map-camera";
import {
  COLOURING_NAMES,
  MAP_COLOURINGS,
  mapClasses,
  parseColouring,
} from "./map-colours";
import { MapLegend } from "./map-legend";
import { bothMarked, classCounts, marksOfClass } from "./map-marks";
import { MapPeek } from "./map-peek";
import { MapTools } from "./map-tools";
import { PointMap } from "./point-map";
import { useElementSize } from "./use-element-size";
import { useUrlCamera } from "./use-url-camera";
import { useUrlParams } from "./use-url-params";
import styles from "./feature-map.module.css";

export interface FeatureMapProps {
  saeId: string;
  points: PointColumns;
  /** [features × 2], −1 … 1; NaN for a feature that is nowhere. */
  places: Float32Array;
  /** What it shows, for those who do not see it. */
  label: string;
  /** How it fills its box. */
  fit: keyof typeof FRAMES;
  /** Pixels left free round the points, for axes. */
  margins?: { left: number; right: number; top: number; bottom: number };
  outline: "lasso" | "box";
  selected: readonly number[] | null;
  onSelect: (polygon: readonly number[] | null) => void;
  /** What selecting all that is seen is called. */
  selectSeen: string;
  wheel: "always" | "withKey";
  /** [features] 1 for those that stand out; null: none does. */
  marked?: Uint8Array | null;
  /** More controls, after the colours. */
  controls?: ReactNode;
  /** What is drawn in the margins. */
  axes?: (camera: Camera, frame: Frame) => ReactNode;
  stageClass: string | undefined;
  /** What follows, of the part of the map that is seen. */
  children?: (seen: readonly number[]) => ReactNode;
}

const NO_MARGINS = { left: 0, right: 0, top: 0, bottom: 0 };

/**
 * All features of an SAE as points: coloured, enlarged, moved, pointed at,
 * selected, opened. Colours and what is seen stand in the address.
 */
export function FeatureMap(props: FeatureMapProps) {
  const { points, places, saeId, selected, onSelect } = props;
  const { margins = NO_MARGINS, marked = null } = props;
  const router = useRouter();
  const [params, changeUrl] = useUrlParams();
  const stage = useRef<HTMLDivElement>(null);
  const size = useElementSize(stage);
  const width = Math.max(0, size.width - margins.left - margins.right);
  const height = Math.max(0, size.height - margins.top - margins.bottom);
  const measured = width > 0 && height > 0;
  const frame = useMemo(
    () => FRAMES[props.fit](width, height),
    [props.fit, width, height],
  );
  const [camera, onCamera] = useUrlCamera();
  const [tool, setTool] = useState<"move" | "select">("move");
  const [hovered, setHovered] = useState(-1);

  const by = parseColouring(params.get("colour"));
  const classes = useMemo(() => mapClasses(points, by), [points, by]);
  const colours = useMemo(
    () => classes.legend.map((entry) => entry.colour),
    [classes],
  );
  const counts = useMemo(() => classCounts(classes, places), [classes, places]);
  const chosen = Number(params.get("only") ?? -1);
  const shown = useMemo(
    () => bothMarked(marked, marksOfClass(classes, chosen)),
    [marked, classes, chosen],
  );
  return (
    <>
      <div className={styles.bar}>
        <label>
          Colour by{" "}
          <select
            value={by}
            onChange={({ target: { value } }) => {
              const colour = value === "density" ? null : value;
              changeUrl({ colour, only: null });
            }}
          >
            {MAP_COLOURINGS.map((name) => (
              <option key={name} value={name}>
                {COLOURING_NAMES[name]}
              </option>
            ))}
          </select>
        </label>
        {props.controls}
        <MapTools
          frame={frame}
          onCamera={onCamera}
          tool={tool}
          onTool={setTool}
          selecting={props.outline === "lasso" ? "Lasso" : "Select"}
        />
        <button
          type="button"
          onClick={() => {
            onSelect(seenArea(camera, frame));
          }}
        >
          {props.selectSeen}
        </button>
        {selected === null ? null : (
          <button
            type="button"
            data-kind="quiet"
            onClick={() => {
              onSelect(null);
            }}
          >
            Clear selection
          </button>
        )}
      </div>
      <MapLegend
        entries={classes.legend}
        counts={counts}
        chosen={chosen}
        onChoose={(entry) => {
          changeUrl({ only: entry < 0 ? null : String(entry) });
        }}
      />
      <div ref={stage} className={`${styles.stage} ${props.stageClass ?? ""}`}>
        {!measured ? null : (
          <>
            {props.axes?.(camera, frame)}
            <div
              className={styles.inside}
              style={{ left: margins.left, top: margins.top }}
            >
              <PointMap
                label={props.label}
                positions={places}
                classOf={classes.classOf}
                colours={colours}
                marked={shown}
                frame={frame}
                camera={camera}
                onCamera={onCamera}
                tool={tool}
                outline={props.outline}
                selected={selected}
                onSelect={onSelect}
                hovered={hovered}
                onHover={setHovered}
                onOpen={(feature) => {
                  router.push(
                    `/sae/${encodeURIComponent(saeId)}/feature/${feature}`,
                  );
                }}
                wheel={props.wheel}
              />
              {hovered < 0 ? null : (
                <MapPeek
                  saeId={saeId}
                  feature={hovered}
                  points={points}
                  places={places}
                  camera={camera}
                  frame={frame}
                />
              )}
            </div>
          </>
        )}
      </div>
      {/* Nothing is in view of a map that has no size yet. */}
      {measured ? props.children?.(seenArea(camera, frame)) : null}
    </>
  );
}

"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { pointsQuery, type PointColumns } from "#app/_queries/points";
import { saeQuery } from "#app/_queries/saes";
import { ATLAS_COLOURS, atlasClasses, type AtlasColour } from "./atlas-colours";
import { FeaturePeek } from "./feature-peek";
import { FeaturePicks } from "./feature-picks";
import { formatCount, formatOneIn } from "./format";
import { seenArea, squareFrame, toPixel } from "./map-camera";
import { parsePolygon, pointsInside, polygonText } from "./map-points";
import { MapTools } from "./map-tools";
import { PointMap } from "./point-map";
import { useElementSize } from "./use-element-size";
import { useUrlCamera } from "./use-url-camera";
import { useUrlParams } from "./use-url-params";
import chart from "./chart.module.css";
import styles from "./atlas-view.module.css";

/**
 * The map of an SAE: features whose decoder directions are close lie close.
 * Colouring, selection and what is seen stand in the address.
 */
export function AtlasView({ saeId }: { saeId: string }) {
  const { data: sae } = useSuspenseQuery(saeQuery(saeId));
  const { data, error, refetch } = useQuery(pointsQuery(saeId));
  return (
    <div className={styles.page}>
      <div>
        <p className="small">
          <Link href={`/sae/${encodeURIComponent(saeId)}`}>
            {sae.modelName} {sae.hookName}
          </Link>
        </p>
        <h1>Atlas</h1>
        <p className="muted small">
          {formatCount(sae.liveFeatures)} live features; the closer two lie, the
          closer their decoder directions. The axes mean nothing, and distances
          between far groups mean little.
        </p>
      </div>
      {error ? (
        <p role="alert">
          {error.message}{" "}
          <button type="button" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : null}
      {data === undefined ? (
        <div className={styles.stage} aria-busy={error === null} />
      ) : (
        <AtlasMap saeId={saeId} points={data} />
      )}
    </div>
  );
}

interface AtlasMapProps {
  saeId: string;
  points: PointColumns;
}

function AtlasMap({ saeId, points }: AtlasMapProps) {
  const router = useRouter();
  const [params, changeUrl] = useUrlParams();
  const stage = useRef<HTMLDivElement>(null);
  const { width, height } = useElementSize(stage);
  const frame = useMemo(() => squareFrame(width, height), [width, height]);
  const [camera, onCamera] = useUrlCamera();
  const [tool, setTool] = useState<"move" | "select">("move");
  const [hovered, setHovered] = useState(-1);
  const by = colouring(params.get("colour"));
  const classes = useMemo(() => atlasClasses(points, by), [points, by]);
  const colours = useMemo(
    () => classes.legend.map((entry) => entry.colour),
    [classes],
  );
  const area = params.get("area");
  const polygon = useMemo(() => parsePolygon(area), [area]);
  const picked = useMemo(
    () => (polygon === null ? [] : picks(points, polygon)),
    [points, polygon],
  );
  const select = (outline: readonly number[]) => {
    changeUrl({ area: polygonText(outline) });
  };
  const at =
    hovered < 0
      ? null
      : toPixel(
          camera,
          frame,
          points.positions[2 * hovered]!,
          points.positions[2 * hovered + 1]!,
        );
  return (
    <>
      <div className={styles.bar}>
        <label>
          Colour by{" "}
          <select
            value={by}
            onChange={(event) => {
              const { value } = event.target;
              changeUrl({ colour: value === "density" ? null : value });
            }}
          >
            {ATLAS_COLOURS.map((name) => (
              <option key={name} value={name}>
                {NAMES[name]}
              </option>
            ))}
          </select>
        </label>
        <MapTools
          frame={frame}
          onCamera={onCamera}
          tool={tool}
          onTool={setTool}
          selecting="Lasso"
        />
        <button
          type="button"
          onClick={() => {
            select(seenArea(camera, frame));
          }}
        >
          List what is in view
        </button>
        {polygon === null ? null : (
          <button
            type="button"
            data-kind="quiet"
            onClick={() => {
              changeUrl({ area: null });
            }}
          >
            Clear selection
          </button>
        )}
      </div>
      <ul className={styles.legend} aria-label="Colours">
        {classes.legend.map(({ name, colour }) => (
          <li key={name}>
            <span style={{ background: `var(${colour})` }} aria-hidden="true" />
            {name}
          </li>
        ))}
      </ul>
      <div ref={stage} className={styles.stage}>
        {width === 0 ? null : (
          <PointMap
            label={`Map of ${formatCount(points.density.length)} features`}
            positions={points.positions}
            classOf={classes.classOf}
            colours={colours}
            frame={frame}
            camera={camera}
            onCamera={onCamera}
            tool={tool}
            outline="lasso"
            selected={polygon}
            onSelect={select}
            hovered={hovered}
            onHover={setHovered}
            onOpen={(feature) => {
              router.push(
                `/sae/${encodeURIComponent(saeId)}/feature/${feature}`,
              );
            }}
            wheel="always"
          />
        )}
        {at === null ? null : (
          <div
            className={chart.floating}
            style={{
              left: Math.max(4, Math.min(at[0], width - 240)),
              top: at[1] > height - 130 ? at[1] - 130 : at[1] + 14,
            }}
          >
            <div className={chart.tooltip}>
              <strong>#{hovered}</strong>{" "}
              {formatOneIn(points.density[hovered]!)}
              <FeaturePeek saeId={saeId} index={hovered} />
            </div>
          </div>
        )}
      </div>
      {polygon === null ? (
        <p className="muted small">
          Drag to move, turn the wheel to zoom, click a point to open it. Shift
          and drag, or Lasso, lists what is inside.
        </p>
      ) : (
        <FeaturePicks saeId={saeId} features={picked} />
      )}
    </>
  );
}

const NAMES: Record<AtlasColour, string> = {
  density: "activation frequency",
  label: "label",
  source: "source it fires in most",
};

function colouring(text: string | null): AtlasColour {
  return ATLAS_COLOURS.find((name) => name === text) ?? "density";
}

/** Features inside the polygon, those that fire most first. */
function picks(points: PointColumns, polygon: readonly number[]): number[] {
  const inside = pointsInside(points.positions, polygon);
  return inside.sort(
    (a, b) => points.density[b]! - points.density[a]! || a - b,
  );
}

"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import { pointsQuery, type PointColumns } from "#app/_queries/points";
import { saeQuery } from "#app/_queries/saes";
import { AtlasHelp } from "./atlas-help";
import { FeatureMap } from "./feature-map";
import { FeaturePicks } from "./feature-picks";
import { formatCount } from "./format";
import { parsePolygon, pointsInside, polygonText } from "./map-points";
import { Refusal } from "./refusal";
import { useDebounced } from "./use-debounced";
import { useUrlParams } from "./use-url-params";
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
        <p className="muted">
          Each point is one of {formatCount(sae.liveFeatures)} live features.
          Neighbours on the map write similar directions into the residual
          stream.
        </p>
        <AtlasHelp sae={sae} />
      </div>
      {error ? <Refusal error={error} onAgain={() => void refetch()} /> : null}
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
  const [params, changeUrl] = useUrlParams();
  const area = params.get("area");
  const polygon = useMemo(() => parsePolygon(area), [area]);
  return (
    <FeatureMap
      saeId={saeId}
      points={points}
      places={points.positions}
      label={`Map of ${formatCount(points.density.length)} features; the table below lists those in view`}
      fit="square"
      outline="lasso"
      selected={polygon}
      onSelect={(outline) => {
        changeUrl({ area: outline === null ? null : polygonText(outline) });
      }}
      selectSeen="Select what is in view"
      wheel="always"
      stageClass={styles.stage}
    >
      {(seen) => <AtlasList {...{ saeId, points, polygon, seen }} />}
    </FeatureMap>
  );
}

/** The list follows the map when that has come to rest. */
const REST_MS = 250;

interface AtlasListProps extends AtlasMapProps {
  polygon: readonly number[] | null;
  seen: readonly number[];
}

/** What is selected, or else what is in view. */
function AtlasList({ saeId, points, polygon, seen }: AtlasListProps) {
  const view = useDebounced(seen.join(), REST_MS);
  const features = useMemo(
    () => picks(points, polygon ?? view.split(",").map(Number)),
    [points, polygon, view],
  );
  return (
    <FeaturePicks
      key={polygon?.join() ?? view}
      saeId={saeId}
      title={polygon === null ? "In view" : "Selected"}
      features={features}
    />
  );
}

/** Features inside the polygon, those that fire most first. */
function picks(points: PointColumns, polygon: readonly number[]): number[] {
  const inside = pointsInside(points.positions, polygon);
  return inside.sort(
    (a, b) => points.density[b]! - points.density[a]! || a - b,
  );
}

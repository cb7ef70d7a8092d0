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
import { LightBox } from "./light-box";
import { parsePolygon, pointsInside, polygonText } from "./map-points";
import { Refusal } from "./refusal";
import { useDebounced } from "./use-debounced";
import { useLit } from "./use-lit";
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
  const lit = useLit(saeId, points.density.length);
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
      marked={lit.marks}
      controls={<LightBox lit={lit} />}
      wheel="always"
      stageClass={styles.stage}
    >
      {(seen) => (
        <AtlasList
          {...{ saeId, points, polygon, seen }}
          lit={lit.found?.features ?? null}
        />
      )}
    </FeatureMap>
  );
}

/** The list follows the map when that has come to rest. */
const REST_MS = 250;

interface AtlasListProps extends AtlasMapProps {
  polygon: readonly number[] | null;
  seen: readonly number[];
  /** What is lit up; null when nothing was asked for. */
  lit: readonly number[] | null;
}

/** What is selected, or else what is lit up, or else what is in view. */
function AtlasList(props: AtlasListProps) {
  const { saeId, points, polygon, seen, lit } = props;
  const view = useDebounced(seen.join(), REST_MS);
  const features = useMemo(() => {
    if (polygon !== null) return mostFirst(points, inside(points, polygon));
    if (lit !== null) return mostFirst(points, [...lit]);
    return mostFirst(points, inside(points, view.split(",").map(Number)));
  }, [points, polygon, lit, view]);
  const title =
    polygon !== null ? "Selected" : lit !== null ? "Lit up" : "In view";
  return (
    <FeaturePicks
      key={polygon?.join() ?? lit?.join() ?? view}
      saeId={saeId}
      title={title}
      features={features}
    />
  );
}

function inside(points: PointColumns, polygon: readonly number[]): number[] {
  return pointsInside(points.positions, polygon);
}

/** Those that fire most first. */
function mostFirst(points: PointColumns, features: number[]): number[] {
  return features.sort(
    (a, b) => points.density[b]! - points.density[a]! || a - b,
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { pointsQuery, type PointColumns } from "#app/_queries/points";
import { FeatureMap } from "./feature-map";
import { formatCount } from "./format";
import { MapAxes } from "./map-axes";
import { Refusal } from "./refusal";
import { usageAxes, usagePlaces } from "./usage-axes";
import {
  boxOf,
  countInRanges,
  rangesOfBox,
  useUsageFilter,
} from "./usage-filter";
import chart from "./chart.module.css";
import styles from "./usage-scatter.module.css";

const MARGINS = { left: 62, right: 10, top: 8, bottom: 42 };

/**
 * Activation frequency against mean activation, both logarithmic, a point a
 * live feature. What is selected here the feature table is filtered by.
 */
export function UsageScatter({ saeId }: { saeId: string }) {
  const { data, error, refetch } = useQuery(pointsQuery(saeId));
  return (
    <figure className={chart.figure}>
      <figcaption className={chart.caption}>
        <h2>Usage</h2>
        <span className="muted small">
          how often features fire, and how strongly when they do
        </span>
      </figcaption>
      {error ? <Refusal error={error} onAgain={() => void refetch()} /> : null}
      {data === undefined ? (
        <div className={styles.loading} aria-busy={error === null} />
      ) : (
        <Scatter saeId={saeId} points={data} />
      )}
    </figure>
  );
}

function Scatter({ saeId, points }: { saeId: string; points: PointColumns }) {
  const axes = useMemo(() => usageAxes(points), [points]);
  const places = useMemo(() => usagePlaces(points, axes), [points, axes]);
  const live = useMemo(
    () => points.density.reduce((n, d) => (d > 0 ? n + 1 : n), 0),
    [points],
  );
  const [filter, setFilter] = useUsageFilter();
  const selected = useMemo(
    () => (filter === null ? null : boxOf(filter, axes)),
    [filter, axes],
  );
  return (
    <>
      <FeatureMap
        saeId={saeId}
        points={points}
        places={places}
        label={`${formatCount(live)} features by activation frequency and mean activation; the feature table below lists them`}
        fit="filled"
        margins={MARGINS}
        outline="box"
        selected={selected}
        onSelect={(polygon) => {
          setFilter(polygon === null ? null : rangesOfBox(polygon, axes));
        }}
        selectSeen="Filter by view"
        wheel="withKey"
        axes={(camera, frame) => (
          <MapAxes
            axes={axes}
            camera={camera}
            frame={frame}
            left={MARGINS.left}
            top={MARGINS.top}
          />
        )}
        stageClass={styles.stage}
      />
      {filter === null ? null : (
        <p className="small" role="status">
          {formatCount(countInRanges(points, filter))} features selected:{" "}
          <a href="#features">the table below lists them</a>.
        </p>
      )}
      <p className="muted small">
        Drag to move, Ctrl and the wheel (or + and −) zooms, a click opens a
        feature. Shift and drag, or Select, filters the feature table below.
      </p>
    </>
  );
}

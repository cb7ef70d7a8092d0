"use client";

import { useEffect, useMemo, useRef, type MouseEvent } from "react";
import { usePlotArea } from "recharts";
import type { UsageScatter } from "#lib/contract/index";
import { logPosition, type Domain } from "./log-axis";

export interface HoveredPoint {
  /** Index into the point arrays. */
  index: number;
  /** Where it is drawn, relative to the chart. */
  left: number;
  top: number;
  /** The chart's width, to keep a box inside it. */
  width: number;
}

interface PointCloudProps {
  points: UsageScatter;
  xDomain: Domain;
  yDomain: Domain;
  hovered: HoveredPoint | null;
  onHover: (point: HoveredPoint | null) => void;
  onOpen: (index: number) => void;
}

const RADIUS = 2;
/** Farther than this from the pointer nothing is meant. */
const REACH = 18;

/**
 * Tens of thousands of points on a canvas inside a recharts plot: as SVG
 * circles they would take seconds.
 */
export function PointCloud(props: PointCloudProps) {
  const { points, xDomain, yDomain, hovered, onHover, onOpen } = props;
  const area = usePlotArea();
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = area?.width ?? 0;
  const height = area?.height ?? 0;

  const positions = useMemo(() => {
    const count = points.feature.length;
    const xy = new Float32Array(2 * count);
    for (let i = 0; i < count; i++) {
      xy[2 * i] = width * logPosition(points.density[i]!, xDomain);
      xy[2 * i + 1] =
        height * (1 - logPosition(points.meanActivation[i]!, yDomain));
    }
    return xy;
  }, [points, xDomain, yDomain, width, height]);

  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return;
    const draw = () => {
      paint(element, positions, width, height, hovered?.index ?? -1);
    };
    draw();
    // Colours follow the theme.
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, {
      attributeFilter: ["data-theme"],
    });
    return () => {
      theme.disconnect();
    };
  }, [positions, width, height, hovered]);

  if (area === undefined) return null;
  const find = (event: MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return nearest(
      positions,
      event.clientX - box.left,
      event.clientY - box.top,
    );
  };
  return (
    <foreignObject x={area.x} y={area.y} width={width} height={height}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${points.feature.length} features by activation frequency and mean activation; the feature table below lists the same features`}
        style={{ width, height, cursor: hovered ? "pointer" : "crosshair" }}
        onMouseMove={(event) => {
          const index = find(event);
          if (index === hovered?.index) return;
          onHover(
            index < 0
              ? null
              : {
                  index,
                  left: area.x + positions[2 * index]!,
                  top: area.y + positions[2 * index + 1]!,
                  width: area.x + width,
                },
          );
        }}
        onMouseLeave={() => {
          onHover(null);
        }}
        onClick={(event) => {
          const index = find(event);
          if (index >= 0) onOpen(index);
        }}
      />
    </foreignObject>
  );
}

function paint(
  element: HTMLCanvasElement,
  xy: Float32Array,
  width: number,
  height: number,
  hovered: number,
): void {
  const ratio = window.devicePixelRatio || 1;
  element.width = Math.round(width * ratio);
  element.height = Math.round(height * ratio);
  const context = element.getContext("2d");
  if (context === null) return;
  const style = getComputedStyle(element);
  context.scale(ratio, ratio);
  context.fillStyle = style.getPropertyValue("--plot");
  context.globalAlpha = 0.4;
  for (let i = 0; i < xy.length; i += 2) {
    context.fillRect(
      xy[i]! - RADIUS,
      xy[i + 1]! - RADIUS,
      2 * RADIUS,
      2 * RADIUS,
    );
  }
  if (hovered < 0) return;
  context.globalAlpha = 1;
  context.strokeStyle = style.getPropertyValue("--text");
  context.lineWidth = 2;
  context.beginPath();
  context.arc(xy[2 * hovered]!, xy[2 * hovered + 1]!, 6, 0, 2 * Math.PI);
  context.stroke();
}

function nearest(xy: Float32Array, x: number, y: number): number {
  let best = -1;
  let least = REACH * REACH;
  for (let i = 0; i < xy.length; i += 2) {
    const distance = (xy[i]! - x) ** 2 + (xy[i + 1]! - y) ** 2;
    if (distance < least) {
      least = distance;
      best = i / 2;
    }
  }
  return best;
}

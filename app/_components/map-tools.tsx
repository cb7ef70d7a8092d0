"use client";

import { WHOLE, zoomAt, type Camera, type Frame } from "./map-camera";
import styles from "./map-tools.module.css";

interface MapToolsProps {
  frame: Frame;
  onCamera: (change: (camera: Camera) => Camera) => void;
  tool: "move" | "select";
  onTool: (tool: "move" | "select") => void;
  /** What selecting is called: "Lasso" or "Select". */
  selecting: string;
}

const STEP = 1.6;

/** Buttons for what keys, wheel and Shift do on a map. */
export function MapTools(props: MapToolsProps) {
  const { frame, onCamera, tool, onTool } = props;
  const zoomBy = (factor: number) => {
    onCamera((c) =>
      zoomAt(c, frame, frame.width / 2, frame.height / 2, factor),
    );
  };
  return (
    <div className={styles.tools} role="toolbar" aria-label="Map">
      {(["move", "select"] as const).map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={tool === value}
          onClick={() => {
            onTool(value);
          }}
        >
          {value === "move" ? "Move" : props.selecting}
        </button>
      ))}
      <button
        type="button"
        aria-label="Zoom in"
        onClick={() => {
          zoomBy(STEP);
        }}
      >
        +
      </button>
      <button
        type="button"
        aria-label="Zoom out"
        onClick={() => {
          zoomBy(1 / STEP);
        }}
      >
        −
      </button>
      <button
        type="button"
        onClick={() => {
          onCamera(() => WHOLE);
        }}
      >
        Show all
      </button>
    </div>
  );
}

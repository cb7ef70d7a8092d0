import { FEATURE_STATES, type FeatureState } from "#lib/label-rules";
import type { PointColumns } from "#app/_queries/points";

export const MAP_COLOURINGS = ["density", "label", "source"] as const;
export type MapColouring = (typeof MAP_COLOURINGS)[number];

/** What the colours say. */
export const COLOURING_NAMES: Record<MapColouring, string> = {
  density: "activation frequency",
  label: "state of its labelling",
  source: "source it fires in most",
};

/** The colouring that an address names, or the usual one. */
export function parseColouring(text: string | null): MapColouring {
  return MAP_COLOURINGS.find((name) => name === text) ?? "density";
}

/** Which of the legend's entries each feature belongs to. */
export interface MapClasses {
  /** [features] index into `legend`. */
  classOf: Uint8Array;
  /** Names, and the custom properties that hold the colours. */
  legend: LegendEntry[];
}

export interface LegendEntry {
  name: string;
  colour: string;
}

/** Decades of density from rare to dense. */
const DENSITY_STEPS = [
  { below: 1e-4, name: "< 0.01 %", colour: "--atlas-1" },
  { below: 1e-3, name: "0.01 – 0.1 %", colour: "--atlas-2" },
  { below: 1e-2, name: "0.1 – 1 %", colour: "--atlas-3" },
  { below: 1e-1, name: "1 – 10 %", colour: "--atlas-4" },
  { below: Infinity, name: "> 10 %", colour: "--atlas-5" },
];
const STATE_COLOURS: Record<FeatureState, string> = {
  unlabelled: "--line-strong",
  proposed: "--series-4",
  accepted: "--ok",
  disputed: "--danger",
  uninterpretable: "--series-3",
};
const SERIES = 6;

/** Sorts features into the classes of a colouring. */
export function mapClasses(points: PointColumns, by: MapColouring): MapClasses {
  switch (by) {
    case "density":
      return {
        classOf: Uint8Array.from(points.density, (density) =>
          DENSITY_STEPS.findIndex(({ below }) => density < below),
        ),
        legend: DENSITY_STEPS,
      };
    case "label":
      return {
        classOf: points.states,
        legend: FEATURE_STATES.map((name) => ({
          name,
          colour: STATE_COLOURS[name],
        })),
      };
    case "source": {
      const names = points.sourceNames;
      const legend = names.slice(0, SERIES).map((name, i) => ({
        name,
        colour: `--series-${i + 1}`,
      }));
      if (names.length > SERIES) {
        legend.push({ name: "other sources", colour: "--series-other" });
      }
      return {
        classOf: Uint8Array.from(points.sources, (s) => Math.min(s, SERIES)),
        legend,
      };
    }
  }
}

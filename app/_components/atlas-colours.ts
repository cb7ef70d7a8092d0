import type { PointColumns } from "#app/_queries/points";

export const ATLAS_COLOURS = ["density", "label", "source"] as const;
export type AtlasColour = (typeof ATLAS_COLOURS)[number];

/** Which of the legend's entries each feature belongs to. */
export interface AtlasClasses {
  /** [features] index into `legend`. */
  classOf: Uint8Array;
  /** Names, and the custom properties that hold the colours. */
  legend: { name: string; colour: string }[];
}

/** Decades of density from rare to dense. */
const DENSITY_STEPS = [
  { below: 1e-4, name: "under 1 in 10,000", colour: "--atlas-1" },
  { below: 1e-3, name: "1 in 10,000 – 1,000", colour: "--atlas-2" },
  { below: 1e-2, name: "1 in 1,000 – 100", colour: "--atlas-3" },
  { below: 1e-1, name: "1 in 100 – 10", colour: "--atlas-4" },
  { below: Infinity, name: "over 1 in 10", colour: "--atlas-5" },
];
const SERIES = 6;

/** Sorts features into the classes of a colouring. */
export function atlasClasses(
  points: PointColumns,
  by: AtlasColour,
): AtlasClasses {
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
        classOf: points.labelled,
        legend: [
          { name: "without a label", colour: "--line-strong" },
          { name: "labelled", colour: "--accent" },
        ],
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

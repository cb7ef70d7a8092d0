const TEXT = { fill: "var(--muted)", fontSize: 11.5 };

/** The look all axes share. */
export const AXIS = { tick: TEXT, stroke: "var(--line-strong)" };

/** A horizontal axis's title. */
export function xTitle(value: string) {
  return { value, position: "bottom" as const, offset: 4, ...TEXT };
}

/** A vertical axis's title. */
export function yTitle(value: string) {
  return {
    value,
    angle: -90,
    position: "insideLeft" as const,
    style: { textAnchor: "middle" as const },
    ...TEXT,
  };
}

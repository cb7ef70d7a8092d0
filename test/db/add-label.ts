import type { LabelDatabase, LabelRow } from "#lib/db/index";
import { createLabel } from "#lib/labels/index";

/** Writes a label as somebody called Ada would. */
export function addLabel(
  db: LabelDatabase,
  { text, ...place }: { saeHash: string; feature: number; text: string },
): LabelRow {
  const actor = {
    id: "ada",
    name: "Ada",
    role: "labeller",
    scopes: null,
  } as const;
  const desk = { db, now: () => new Date("2026-01-01T12:00:00Z"), actor };
  const contents = { text, note: null, confidence: null, tags: [] };
  return createLabel(desk, place, contents);
}

import { join } from "node:path";
import { labelDatabase, migrateLabels, type LabelRow } from "#lib/db/index";
import { createLabel, type LabelDesk } from "#lib/labels/index";
import type { Role } from "#lib/policy";

export const SAE = "a".repeat(64);
export const AT_7 = { saeHash: SAE, feature: 7 };

let files = 0;

/** A desk at a new label database; every change is a minute after the last. */
export function newDesk(folder: string): LabelDesk {
  const file = join(folder, `labels-${files++}.sqlite`);
  migrateLabels(file);
  return deskAt(file);
}

export function deskAt(file: string): LabelDesk {
  let minute = 0;
  const db = labelDatabase(file);
  const desk = {
    db,
    now: () => new Date(Date.UTC(2026, 0, 1, 12, minute++)),
  };
  return as({ ...desk, actor: person("Ada") }, "Ada");
}

const person = (name: string, role: Role = "labeller") => ({
  id: name.toLowerCase(),
  name,
  role,
  scopes: null,
});

/** The same desk with somebody else at it, who is known from now on. */
export function as(desk: LabelDesk, name: string, role?: Role): LabelDesk {
  const actor = person(name, role);
  desk.db.$client
    .prepare(
      `INSERT OR IGNORE INTO people (id, name, name_key, name_skeleton, role,
         created_at, updated_at) VALUES (?, ?, ?, ?, ?, '2026', '2026')`,
    )
    .run(actor.id, name, actor.id, actor.id, actor.role);
  return { ...desk, actor };
}

export const said = (text: string) => ({
  text,
  note: null,
  confidence: null,
  tags: [],
});

export function write(desk: LabelDesk, text: string, place = AT_7): LabelRow {
  return createLabel(desk, place, said(text));
}

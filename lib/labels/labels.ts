import {
  changeLabel,
  findLabel,
  insertLabel,
  labelRevisionsOf,
  type LabelChange,
  type LabelDatabase,
  type LabelRevisionRow,
  type LabelRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";

/** Where labels are written, and what time it is. */
export interface LabelDesk {
  db: LabelDatabase;
  now: () => Date;
}

export interface NewLabel {
  saeHash: string;
  feature: number;
  /** Checked and trimmed by the contract's schemas. */
  text: string;
  author: string;
}

/** Writes a new label. A feature may have any number of labels. */
export function createLabel(desk: LabelDesk, label: NewLabel): LabelRow {
  return insertLabel(desk.db, label, timestamp(desk));
}

/** An edit names the version it was made from. */
export interface LabelEdit {
  text: string;
  author: string;
  version: number;
}

/**
 * @throws AppError "not_found"; "conflict" when someone else changed the label
 *   in between (the label as it stands is in `details`).
 */
export function editLabel(
  desk: LabelDesk,
  id: number,
  edit: LabelEdit,
): LabelRow {
  return change(desk, id, (current) => {
    checkVersion(current, edit.version);
    checkPresent(current);
    const { text, author } = edit;
    return { kind: "edited", text, author, at: timestamp(desk) };
  });
}

/** Marks the label as deleted. @throws AppError as `editLabel` does. */
export function deleteLabel(
  desk: LabelDesk,
  id: number,
  by: { author: string; version: number },
): LabelRow {
  return change(desk, id, (current) => {
    checkVersion(current, by.version);
    checkPresent(current);
    return { kind: "deleted", author: by.author, at: timestamp(desk) };
  });
}

/** Brings a deleted label back. @throws AppError as `editLabel` does. */
export function restoreLabel(
  desk: LabelDesk,
  id: number,
  by: { author: string; version: number },
): LabelRow {
  return change(desk, id, (current) => {
    checkVersion(current, by.version);
    if (current.deletedAt === null) {
      throw new AppError("conflict", "This label is not deleted.", {
        details: current,
      });
    }
    return { kind: "restored", author: by.author, at: timestamp(desk) };
  });
}

/** The label, deleted or not, and all its revisions, oldest first. */
export function labelHistory(
  desk: LabelDesk,
  id: number,
): { label: LabelRow; revisions: LabelRevisionRow[] } {
  const label = findLabel(desk.db, id);
  if (!label) throw noLabel(id);
  return { label, revisions: labelRevisionsOf(desk.db, id) };
}

function change(
  desk: LabelDesk,
  id: number,
  decide: (current: LabelRow) => LabelChange,
): LabelRow {
  const row = changeLabel(desk.db, id, decide);
  if (!row) throw noLabel(id);
  return row;
}

function checkVersion(current: LabelRow, version: number): void {
  if (current.version === version) return;
  throw new AppError(
    "conflict",
    "Someone changed this label in the meantime; look at it as it stands now before you save yours.",
    { details: current },
  );
}

function checkPresent(current: LabelRow): void {
  if (current.deletedAt === null) return;
  throw new AppError(
    "conflict",
    "This label was deleted; restore it before you change it.",
    { details: current },
  );
}

function noLabel(id: number): AppError {
  return new AppError("not_found", `There is no label ${id}.`);
}

function timestamp(desk: LabelDesk): string {
  return desk.now().toISOString();
}

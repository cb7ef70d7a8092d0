import {
  findLabel,
  findRevision,
  labelRevisionsOf,
  nextId,
  type Confidence,
  type LabelContents,
  type LabelRevisionRow,
  type LabelRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay, may } from "#lib/policy";
import { commitAt, type LabelDesk, type Place } from "./desk";

/**
 * Writes a new label. A feature may have any number of labels.
 *
 * @param contents checked and trimmed by the contract's schemas.
 */
export function createLabel(
  desk: LabelDesk,
  place: Place,
  contents: LabelContents,
): LabelRow {
  assertMay(desk.actor, "label.create");
  const kind = "label.created";
  const event = commitAt(
    desk,
    { kind, ...place, text: contents.text },
    (append) => {
      const label = nextId(desk.db.$client, "labels");
      append({ kind, ...place, payload: { label, ...contents } });
    },
  )!;
  return labelOf(desk, (event.payload as { label: number }).label);
}

/** An edit names the version it was made from. What is left out stays. */
export interface LabelEdit {
  version: number;
  text?: string | undefined;
  note?: string | null | undefined;
  confidence?: Confidence | null | undefined;
  tags?: string[] | undefined;
  /** A maintainer's: the text means the same, so its votes stay. */
  minor?: boolean | undefined;
}

/**
 * @throws AppError "not_found"; "forbidden"; "conflict" when someone else
 *   changed the label in between (the label as it stands is in `details`).
 */
export function editLabel(
  desk: LabelDesk,
  id: number,
  { version, minor = false, ...edit }: LabelEdit,
): LabelRow {
  const kind = "label.edited";
  const about =
    edit.text === undefined
      ? { kind, label: id }
      : { kind, label: id, text: edit.text };
  commitAt(desk, about, (append) => {
    const current = changeable(desk, id, "label.edit", version);
    checkPresent(current);
    append({
      kind,
      ...placeOf(current),
      payload: {
        label: id,
        version: current.version + 1,
        text: edit.text ?? current.text,
        note: edit.note === undefined ? current.note : edit.note,
        confidence:
          edit.confidence === undefined ? current.confidence : edit.confidence,
        tags: edit.tags ?? current.tags,
        minor: minor && may(desk.actor, "label.accept"),
      },
    });
  });
  return labelOf(desk, id);
}

/** Makes an earlier version's contents the label's again; as `editLabel`. */
export function revertLabel(
  desk: LabelDesk,
  id: number,
  { version, to }: { version: number; to: number },
): LabelRow {
  const kind = "label.reverted";
  commitAt(desk, { kind, label: id, to }, (append) => {
    const current = changeable(desk, id, "label.revert", version);
    checkPresent(current);
    const past = findRevision(desk.db, id, to);
    if (!past) {
      throw new AppError("not_found", `This label has no version ${to}.`);
    }
    append({
      kind,
      ...placeOf(current),
      payload: {
        label: id,
        version: current.version + 1,
        ...contentsOf(past),
        to,
      },
    });
  });
  return labelOf(desk, id);
}

/** Marks the label as deleted. @throws AppError as `editLabel` does. */
export function deleteLabel(
  desk: LabelDesk,
  id: number,
  { version }: { version: number },
): LabelRow {
  const kind = "label.deleted";
  commitAt(desk, { kind, label: id }, (append) => {
    const current = changeable(desk, id, "label.delete", version);
    checkPresent(current);
    const payload = { label: id, version: current.version + 1 };
    append({ kind, ...placeOf(current), payload });
  });
  return labelOf(desk, id);
}

/** Brings a deleted label back. @throws AppError as `editLabel` does. */
export function restoreLabel(
  desk: LabelDesk,
  id: number,
  { version }: { version: number },
): LabelRow {
  const kind = "label.restored";
  commitAt(desk, { kind, label: id }, (append) => {
    const current = changeable(desk, id, "label.restore", version);
    if (current.deletedAt === null) {
      throw conflict("This label is not deleted.", current);
    }
    const payload = { label: id, version: current.version + 1 };
    append({ kind, ...placeOf(current), payload });
  });
  return labelOf(desk, id);
}

/** The label, deleted or not, and all its revisions, oldest first. */
export function labelHistory(
  desk: Pick<LabelDesk, "db">,
  id: number,
): { label: LabelRow; revisions: LabelRevisionRow[] } {
  return { label: labelOf(desk, id), revisions: labelRevisionsOf(desk.db, id) };
}

/** A label, deleted or not. @throws AppError "not_found". */
export function labelOf(desk: Pick<LabelDesk, "db">, id: number): LabelRow {
  const label = findLabel(desk.db, id);
  if (label) return label;
  throw new AppError("not_found", `There is no label ${id}.`);
}

/**
 * A label that is not deleted and says what it said at `version`.
 *
 * @throws AppError "not_found" or "conflict".
 */
export function presentLabel(
  desk: LabelDesk,
  id: number,
  version: number,
): LabelRow {
  const current = labelOf(desk, id);
  checkPresent(current);
  if (version < current.textVersion) throw changed(current);
  return current;
}

type Changing =
  "label.edit" | "label.revert" | "label.delete" | "label.restore";

function changeable(
  desk: LabelDesk,
  id: number,
  action: Changing,
  version: number,
): LabelRow {
  const current = labelOf(desk, id);
  assertMay(desk.actor, action, { own: current.author === desk.actor.id });
  if (current.version !== version) throw changed(current);
  return current;
}

function checkPresent(current: LabelRow): void {
  if (current.deletedAt === null) return;
  throw conflict(
    "This label was deleted; restore it before you change it.",
    current,
  );
}

function changed(current: LabelRow): AppError {
  return conflict(
    "Someone changed this label in the meantime; look at it as it stands now before you save yours.",
    current,
  );
}

function conflict(message: string, label: LabelRow): AppError {
  return new AppError("conflict", message, { details: { label } });
}

export function placeOf({ saeHash, feature }: Place): Place {
  return { saeHash, feature };
}

function contentsOf(said: LabelContents): LabelContents {
  const { text, note, confidence, tags } = said;
  return { text, note, confidence, tags };
}

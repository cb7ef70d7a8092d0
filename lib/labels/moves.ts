import { findMove, nextId, type LabelRow } from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay } from "#lib/policy";
import { commitAt, type LabelDesk, type Place } from "./desk";
import { labelOf, placeOf } from "./labels";

/** A label that may be true of another SAE's feature as well. */
export interface ProposedMove {
  /** The label as it stands where it was written. */
  origin: number;
  /** The feature whose decoder direction is nearest to its own. */
  target: Place;
  cosine: number;
  /** Whether each of the two is the other's nearest. */
  mutual: boolean;
}

/**
 * Writes a label for a feature of another SAE, and keeps where it came from.
 * It is the reviewer's: they say that it is true there.
 *
 * @throws AppError "not_found"; "conflict" when it was decided already.
 */
export function acceptMove(
  desk: LabelDesk,
  { origin, target, cosine, mutual }: ProposedMove,
): LabelRow {
  assertMay(desk.actor, "label.create");
  const kind = "label.created";
  const { text } = labelOf(desk, origin);
  const event = commitAt(desk, { kind, ...target, text }, (append) => {
    const { note, confidence, tags } = open(desk, origin, target);
    const label = nextId(desk.db.$client, "labels");
    const said = { label, text, note, confidence, tags };
    append({ kind, ...target, payload: said });
    const payload = { origin, label, cosine, mutual };
    append({ kind: "move.accepted", ...target, payload });
  })!;
  return labelOf(desk, (event.payload as { label: number }).label);
}

/** Says that a label is not true of that feature. @throws as `acceptMove`. */
export function rejectMove(
  desk: LabelDesk,
  { origin, target, cosine, mutual }: ProposedMove,
): void {
  assertMay(desk.actor, "label.create");
  const kind = "move.rejected";
  commitAt(desk, { kind, ...target, origin }, (append) => {
    open(desk, origin, target);
    append({ kind, ...target, payload: { origin, cosine, mutual } });
  });
}

/** Takes a rejection back; an accepted label can only be deleted. */
export function reopenMove(
  desk: LabelDesk,
  origin: number,
  saeHash: string,
): void {
  assertMay(desk.actor, "label.create");
  const kind = "move.reopened";
  commitAt(desk, { kind, saeHash, origin }, (append) => {
    const move = findMove(desk.db, saeHash, origin);
    if (!move) return;
    if (move.labelId !== null) {
      throw new AppError(
        "conflict",
        "This label was taken over already; delete the new one if it is not true.",
      );
    }
    append({ kind, ...placeOf(move), payload: { origin } });
  });
}

/** The label, if nothing was decided about it yet. */
function open(desk: LabelDesk, origin: number, target: Place): LabelRow {
  const label = labelOf(desk, origin);
  if (label.deletedAt !== null) {
    throw new AppError("conflict", "This label was deleted in the meantime.");
  }
  if (label.saeHash === target.saeHash) {
    throw new AppError("invalid", "This label is of this SAE already.");
  }
  const decided = findMove(desk.db, target.saeHash, origin);
  if (!decided) return label;
  throw new AppError(
    "conflict",
    `This label was ${decided.labelId === null ? "rejected" : "taken over"} in the meantime.`,
  );
}

import {
  assignmentsOf,
  findAssignment,
  nextId,
  skipOf,
  type AssignmentRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay } from "#lib/policy";
import type { QueueSettings, SkipReason } from "#lib/queue-rules";
import { commitAt, type LabelDesk, type Place } from "./desk";

/** Assignments that may hold for an SAE at once. */
export const ASSIGNMENT_MAX = 200;

/** How an SAE's queue works from now on. */
export function setQueue(
  desk: LabelDesk,
  saeHash: string,
  settings: QueueSettings,
): void {
  assertMay(desk.actor, "queue.assign");
  const kind = "queue.set";
  const at = { saeHash, feature: null };
  commitAt(desk, { kind, ...at, ...settings }, (append) => {
    append({ kind, ...at, payload: { ...settings } });
  });
}

/** Goes on from a feature without an answer; it does not come again. */
export function skipFeature(
  desk: LabelDesk,
  place: Place,
  reason: SkipReason,
): void {
  assertMay(desk.actor, "queue.work");
  const { db, actor } = desk;
  const kind = "queue.skipped";
  commitAt(desk, { kind, ...place, reason }, (append) => {
    const { saeHash, feature } = place;
    if (skipOf(db, saeHash, feature, actor.id) === reason) return;
    append({ kind, ...place, payload: { reason } });
  });
}

/** Takes one's own skip back. */
export function unskipFeature(desk: LabelDesk, place: Place): void {
  assertMay(desk.actor, "queue.work");
  const { db, actor } = desk;
  const kind = "queue.unskipped";
  commitAt(desk, { kind, ...place }, (append) => {
    const { saeHash, feature } = place;
    if (skipOf(db, saeHash, feature, actor.id) === undefined) return;
    append({ kind, ...place, payload: {} });
  });
}

export type NewAssignment = Pick<
  AssignmentRow,
  "person" | "kind" | "from" | "to"
>;

/** Makes features one person's to label. The contract checked what it names. */
export function assignFeatures(
  desk: LabelDesk,
  saeHash: string,
  assignment: NewAssignment,
): AssignmentRow {
  assertMay(desk.actor, "queue.assign");
  const kind = "queue.assigned";
  const at = { saeHash, feature: null };
  const event = commitAt(desk, { kind, ...at }, (append) => {
    if (assignmentsOf(desk.db, saeHash).length >= ASSIGNMENT_MAX) {
      throw new AppError(
        "invalid",
        `At most ${ASSIGNMENT_MAX} assignments hold at once; end some first.`,
      );
    }
    const id = nextId(desk.db.$client, "queue_assignments");
    append({ kind, ...at, payload: { assignment: id, ...assignment } });
  })!;
  const { assignment: id } = event.payload as { assignment: number };
  return assignmentOf(desk, id);
}

/** Ends an assignment. @throws AppError "not_found". */
export function endAssignment(desk: LabelDesk, id: number): AssignmentRow {
  assertMay(desk.actor, "queue.assign");
  const kind = "queue.unassigned";
  commitAt(desk, { kind, assignment: id }, (append) => {
    const { saeHash, endedAt } = assignmentOf(desk, id);
    if (endedAt !== null) return;
    append({ kind, saeHash, feature: null, payload: { assignment: id } });
  });
  return assignmentOf(desk, id);
}

function assignmentOf(desk: Pick<LabelDesk, "db">, id: number): AssignmentRow {
  const assignment = findAssignment(desk.db, id);
  if (assignment) return assignment;
  throw new AppError("not_found", `There is no assignment ${id}.`);
}

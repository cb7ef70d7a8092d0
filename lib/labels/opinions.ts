import {
  flagsOf,
  hasRubric,
  rubricsOf,
  type Flag,
  type FlagRow,
  type Payload,
  type RubricRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import { assertMay, may } from "#lib/policy";
import { commitAt, type LabelDesk, type Place } from "./desk";

export type Rubric = Payload<"rubric.set">;

/** Sets one's own marks for a feature; null takes them back. */
export function setRubric(
  desk: LabelDesk,
  place: Place,
  rubric: Rubric | null,
): RubricRow[] {
  assertMay(desk.actor, "rubric");
  const { db, actor } = desk;
  const kind = rubric ? "rubric.set" : "rubric.cleared";
  commitAt(desk, { kind, ...place }, (append) => {
    if (rubric) append({ kind: "rubric.set", ...place, payload: rubric });
    else if (hasRubric(db, place.saeHash, place.feature, actor.id)) {
      append({ kind: "rubric.cleared", ...place, payload: {} });
    }
  });
  return rubricsOf(db, place.saeHash, place.feature);
}

export interface NewFlag {
  flag: Flag;
  /** For a duplicate: of which feature of the same SAE. */
  duplicateOf: number | null;
  note: string | null;
}

/** Sets one's own flag of a kind; a maintainer's decides. */
export function setFlag(
  desk: LabelDesk,
  place: Place,
  { flag, duplicateOf, note }: NewFlag,
): FlagRow[] {
  assertMay(desk.actor, "flag.create");
  if ((flag === "duplicate") !== (duplicateOf !== null)) {
    throw new AppError(
      "invalid",
      "A duplicate names the feature it is a duplicate of; other flags name none.",
    );
  }
  if (duplicateOf === place.feature) {
    throw new AppError("invalid", "A feature is no duplicate of itself.");
  }
  const kind = "flag.set";
  commitAt(desk, { kind, ...place, flag }, (append) => {
    const decisive = may(desk.actor, "label.accept");
    append({ kind, ...place, payload: { flag, duplicateOf, note, decisive } });
  });
  return flagsOf(desk.db, place.saeHash, place.feature);
}

/**
 * Takes a flag away: one's own, or as a maintainer anybody's.
 *
 * @throws AppError "forbidden".
 */
export function clearFlag(
  desk: LabelDesk,
  place: Place,
  { flag, person = desk.actor.id }: { flag: Flag; person?: string | undefined },
): FlagRow[] {
  assertMay(desk.actor, "flag.delete", { own: person === desk.actor.id });
  const kind = "flag.cleared";
  const stand = () => flagsOf(desk.db, place.saeHash, place.feature);
  commitAt(desk, { kind, ...place, flag, person }, (append) => {
    if (!stand().some((f) => f.flag === flag && f.person === person)) return;
    append({ kind, ...place, payload: { flag, person } });
  });
  return stand();
}

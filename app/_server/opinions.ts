import type { Rubric } from "#lib/contract/index";
import {
  flagsOf,
  rubricsOf,
  type Flag,
  type FlagRow,
  type RubricRow,
} from "#lib/db/index";
import {
  clearFlag,
  setFlag,
  setRubric,
  type NewFlag,
  type Place,
  type Rubric as Marks,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { seenBy } from "./blind";
import { labels, placeOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";

export function featureRubrics(place: Place, viewer: Actor): Rubric[] {
  const rows = rubricsOf(labels(), place.saeHash, place.feature);
  return presentRubrics(seenBy(viewer, place, rows, (row) => row.person));
}

export function changeRubric(
  asked: Asked,
  place: Place,
  rubric: Marks | null,
): Rubric[] {
  setRubric(deskOf(asked), place, rubric);
  return featureRubrics(place, asked.actor);
}

export function featureFlags(place: Place, viewer: Actor) {
  const rows = flagsOf(labels(), place.saeHash, place.feature);
  return presentFlags(seenBy(viewer, place, rows, (row) => row.person));
}

/** @throws AppError "not_found" for a duplicate of a feature there is not. */
export function raiseFlag(
  asked: Asked,
  saeId: string,
  feature: number,
  flag: NewFlag,
) {
  const place = placeOf(saeId, feature);
  if (flag.duplicateOf !== null) placeOf(saeId, flag.duplicateOf);
  setFlag(deskOf(asked), place, flag);
  return featureFlags(place, asked.actor);
}

export function lowerFlag(
  asked: Asked,
  place: Place,
  flag: { flag: Flag; person?: string | undefined },
) {
  clearFlag(deskOf(asked), place, flag);
  return featureFlags(place, asked.actor);
}

function presentRubrics(rows: readonly RubricRow[]): Rubric[] {
  const person = peopleOf(rows.map((row) => row.person));
  return rows.map((row) => ({ ...row, person: person(row.person) }));
}

function presentFlags(rows: readonly FlagRow[]) {
  const person = peopleOf(rows.map((row) => row.person));
  return rows.map((row) => ({ ...row, person: person(row.person) }));
}

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
import { labels, placeOf } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";

export function featureRubrics(place: Place): Rubric[] {
  return presentRubrics(rubricsOf(labels(), place.saeHash, place.feature));
}

export function changeRubric(
  asked: Asked,
  place: Place,
  rubric: Marks | null,
): Rubric[] {
  return presentRubrics(setRubric(deskOf(asked), place, rubric));
}

export function featureFlags(place: Place) {
  return presentFlags(flagsOf(labels(), place.saeHash, place.feature));
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
  return presentFlags(setFlag(deskOf(asked), place, flag));
}

export function lowerFlag(
  asked: Asked,
  place: Place,
  flag: { flag: Flag; person?: string | undefined },
) {
  return presentFlags(clearFlag(deskOf(asked), place, flag));
}

function presentRubrics(rows: readonly RubricRow[]): Rubric[] {
  const person = peopleOf(rows.map((row) => row.person));
  return rows.map((row) => ({ ...row, person: person(row.person) }));
}

function presentFlags(rows: readonly FlagRow[]) {
  const person = peopleOf(rows.map((row) => row.person));
  return rows.map((row) => ({ ...row, person: person(row.person) }));
}

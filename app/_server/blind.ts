import { AppError } from "#lib/errors";
import { blindfold, isBlind, type Hides, type Place } from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { labels } from "./databases";

/**
 * Of which features of an SAE what others said is kept from the viewer; see
 * `blindfold`. Ask once a request.
 */
export function hiddenFrom(viewer: Actor, saeHash: string): Hides {
  return blindfold(labels(), saeHash, viewer.id);
}

/** `hiddenFrom` for features of any SAE. Ask once a request. */
export function hiddenPlaces(viewer: Actor): (place: Place) => boolean {
  const known = new Map<string, Hides>();
  return ({ saeHash, feature }) => {
    let hides = known.get(saeHash);
    if (!hides) known.set(saeHash, (hides = hiddenFrom(viewer, saeHash)));
    return hides(feature);
  };
}

/** What others said of a feature, left out where the viewer must not see it. */
export function seenBy<T>(
  viewer: Actor,
  place: Place,
  rows: readonly T[],
  author: (row: T) => string,
): T[] {
  if (rows.length === 0 || !isBlind(labels(), place, viewer.id)) {
    return [...rows];
  }
  return rows.filter((row) => author(row) === viewer.id);
}

/**
 * A label or comment that the viewer may see.
 *
 * @throws AppError "not_found", in the words for one that is not there.
 */
export function assertSeen(
  viewer: Actor,
  kind: "label" | "comment",
  thing: Place & { id: number; author: string },
): void {
  if (thing.author === viewer.id) return;
  if (!isBlind(labels(), thing, viewer.id)) return;
  throw new AppError("not_found", `There is no ${kind} ${thing.id}.`);
}

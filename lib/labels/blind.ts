import {
  featureState,
  hasAnswered,
  queueSettings,
  type LabelDatabase,
} from "#lib/db/index";
import { inShare, needsAnswer } from "#lib/queue-rules";
import type { Place } from "./desk";

/** Whether what others say of a feature is kept from somebody for now. */
export type Hides = (feature: number) => boolean;

export const HIDES_NOTHING: Hides = () => false;

/**
 * What a person must not see of an SAE yet. On the share of features that
 * several people label independently, what others said of a feature is kept
 * from everybody who has not answered themselves, until there are as many
 * answers as are wanted or a maintainer has decided.
 *
 * The one place where that is decided: whatever shows labels, votes, comments,
 * flags, rubrics or events of others asks it, for one request.
 */
export function blindfold(
  db: LabelDatabase,
  saeHash: string,
  person: string,
): Hides {
  const settings = queueSettings(db, saeHash);
  if (!settings.blind || settings.share === 0) return HIDES_NOTHING;
  const known = new Map<number, boolean>();
  return (feature) => {
    let hidden = known.get(feature);
    if (hidden === undefined) {
      hidden =
        inShare(settings, saeHash, feature) &&
        needsAnswer(featureState(db, saeHash, feature), settings.target) &&
        !hasAnswered(db, saeHash, feature, person);
      known.set(feature, hidden);
    }
    return hidden;
  };
}

/** `blindfold` for one feature. */
export function isBlind(
  db: LabelDatabase,
  { saeHash, feature }: Place,
  person: string,
): boolean {
  return blindfold(db, saeHash, person)(feature);
}

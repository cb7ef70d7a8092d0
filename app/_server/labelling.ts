import type { Labelling } from "#lib/contract/index";
import { featureState, isBookmarked, listsWithFeature } from "#lib/db/index";
import type { Actor } from "#lib/policy";
import { featureComments } from "./comments";
import { labels, placeOf } from "./databases";
import { featureLabels } from "./labels";
import { featureFlags, featureRubrics } from "./opinions";

const COMMENTS_SHOWN = 100;
const LISTS_SHOWN = 50;

/** Everything people said of a feature. @throws AppError "not_found". */
export function getLabelling(
  saeId: string,
  feature: number,
  viewer: Actor,
): Labelling {
  const place = placeOf(saeId, feature);
  const { saeHash } = place;
  return {
    feature,
    state: featureState(labels(), saeHash, feature),
    labels: featureLabels(saeId, feature, viewer),
    comments: featureComments(saeId, feature, { limit: COMMENTS_SHOWN }),
    rubrics: featureRubrics(place),
    flags: featureFlags(place),
    lists: listsWithFeature(labels(), saeHash, feature, LISTS_SHOWN),
    bookmarked: isBookmarked(labels(), saeHash, feature, viewer.id),
  };
}

import type { Labelling } from "#lib/contract/index";
import {
  featureState,
  isBookmarked,
  listsWithFeature,
  NOTHING,
} from "#lib/db/index";
import type { Actor } from "#lib/policy";
import { featureComments } from "./comments";
import { hiddenFrom } from "./blind";
import { labels, placeOf } from "./databases";
import { featureLabels } from "./labels";
import { featureFlags, featureRubrics } from "./opinions";
import { labelScores } from "./quizzes";

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
  const hidden = hiddenFrom(viewer, saeHash)(feature);
  const labelled = featureLabels(saeId, feature, viewer);
  return {
    feature,
    state: hidden ? NOTHING : featureState(labels(), saeHash, feature),
    labels: labelled,
    scores: labelScores(labelled.map((label) => label.id)),
    comments: featureComments(saeId, feature, viewer, {
      limit: COMMENTS_SHOWN,
    }),
    rubrics: featureRubrics(place, viewer),
    flags: featureFlags(place, viewer),
    // Their names may tell what others take it for.
    lists: hidden
      ? []
      : listsWithFeature(labels(), saeHash, feature, LISTS_SHOWN),
    blind: hidden,
    bookmarked: isBookmarked(labels(), saeHash, feature, viewer.id),
  };
}

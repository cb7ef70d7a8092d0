import type { FeaturePage, FeatureQuery } from "#lib/contract/index";
import type { Actor } from "#lib/policy";
import { readerOf } from "./databases";
import { featureRows } from "./features";
import { answer, readQuery } from "./queries";

/**
 * One page of the feature table.
 *
 * @throws AppError "invalid" for filters that are not understood.
 */
export async function listFeatures(
  saeId: string,
  { q, cursor, limit }: FeatureQuery,
  viewer: Actor,
): Promise<FeaturePage> {
  const query = readQuery(readerOf(saeId), q);
  const { found } = await answer(viewer, saeId, query, { cursor, limit });
  const numbers = found.features.map(({ feature }) => feature);
  const { features } = featureRows(saeId, numbers, viewer);
  const { total, capped, nextCursor } = found;
  return { features, nextCursor, total, capped };
}

import { AppError } from "#lib/errors";
import type { Clause } from "#lib/query/index";
import type { SearchIndex } from "./find";
import { sourceNumber } from "./conditions";

/** @throws AppError "invalid" when the index has nothing a clause names. */
export function checkClause({ manifest }: SearchIndex, clause: Clause): void {
  if (clause.field === "source") {
    sourceNumber(
      manifest.places.sources.map(({ name }) => name),
      clause.text,
    );
  }
  const features =
    clause.field === "like"
      ? [clause.feature]
      : clause.field === "feature"
        ? clause.features
        : [];
  for (const feature of features) {
    if (feature < manifest.dSae) continue;
    throw new AppError(
      "invalid",
      `There is no feature ${feature}; this SAE's features are 0 to ${manifest.dSae - 1}.`,
    );
  }
}

import type { SearchGroup, SearchPage, SearchQuery } from "#lib/contract/index";
import { AppError } from "#lib/errors";
import { tokenTexts } from "#lib/gpt2/index";
import type { Actor } from "#lib/policy";
import { formatQuery } from "#lib/query/index";
import { hiddenFrom } from "./blind";
import { readerOf } from "./databases";
import { featureRow } from "./features";
import type { OwnTextRun } from "./own-text-set";
import { answer, readQuery } from "./queries";
import { groupQuestions, type GroupQuestion } from "./search-groups";
import { HitWriter } from "./search-hits";

/** Results a group has when there are several. */
const FEW = 5;

interface Page {
  cursor?: string | undefined;
  limit: number;
}

/**
 * Searches an SAE's features. Bare words are looked for in several places; a
 * group of results each.
 *
 * @throws AppError "invalid" for a query that is not understood.
 */
export async function search(
  viewer: Actor,
  saeId: string,
  asked: SearchQuery,
  signal?: AbortSignal,
): Promise<SearchPage> {
  const { q, cursor, limit } = asked;
  const reader = readerOf(saeId);
  const questions = groupQuestions(reader, readQuery(reader, q), asked.in);
  const several = questions.length > 1;
  if (several && cursor !== undefined) {
    throw new AppError(
      "bad_request",
      "A page cursor goes on in one place: name it with “in”.",
    );
  }
  const groups: SearchGroup[] = [];
  let ownText: OwnTextRun | undefined;
  for (const question of questions) {
    const page = several ? { limit: Math.min(FEW, limit) } : { cursor, limit };
    const answered = await searchGroup(viewer, saeId, question, page, signal);
    groups.push(answered.group);
    ownText ??= answered.ownText;
  }
  return {
    q,
    groups,
    ownText: ownText
      ? { tokens: tokenTexts(ownText.tokens), strongest: ownText.strongest }
      : null,
  };
}

/** One group of results, with why each was found. */
export async function searchGroup(
  viewer: Actor,
  saeId: string,
  { place, query }: GroupQuestion,
  page: Page,
  signal?: AbortSignal,
): Promise<{ group: SearchGroup; ownText: OwnTextRun | undefined }> {
  const { found, ownText } = await answer(viewer, saeId, query, page, signal);
  const reader = readerOf(saeId);
  const rows = reader.rows(found.features.map(({ feature }) => feature));
  const hides = hiddenFrom(viewer, reader.manifest.saeHash);
  const writer = new HitWriter(reader, found, ownText);
  const { total, capped, sort, nextCursor, expansions } = found;
  return {
    group: {
      in: place,
      q: formatQuery(query),
      total,
      capped,
      sort,
      nextCursor,
      expansions,
      results: found.features.flatMap(({ feature, hits }) => {
        const row = rows.get(feature);
        if (row === undefined) return [];
        return [
          {
            feature: featureRow(row, hides),
            hits: hits.flatMap((hit) =>
              writer.write(feature, hit, row.firingCount),
            ),
          },
        ];
      }),
    },
    ownText,
  };
}

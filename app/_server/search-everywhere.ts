import { setImmediate } from "node:timers/promises";
import type {
  EverywherePage,
  EverywhereQuery,
  EverywhereSae,
  SearchGroup,
} from "#lib/contract/index";
import { AppError } from "#lib/errors";
import type { Actor } from "#lib/policy";
import { parseQuery } from "#lib/query/index";
import { readerOf } from "./databases";
import { readQuery, refuse } from "./queries";
import { indexedIds } from "./saes";
import { searchGroup } from "./search";
import { groupQuestions } from "./search-groups";

/** Results of a place in one SAE. */
const FEW = 3;

/**
 * Searches every SAE, a page of SAEs at a time, by name.
 *
 * @throws AppError "invalid" for a query that is not understood, or that runs
 *   a text.
 */
export async function searchEverywhere(
  viewer: Actor,
  { q, cursor, limit }: EverywhereQuery,
): Promise<EverywherePage> {
  const { placed, problems } = parseQuery(q);
  const text = placed.find(({ clause }) => clause.field === "text");
  if (text !== undefined) {
    const message = "A text of your own is run in one SAE: open its search.";
    problems.push({ start: text.start, end: text.end, message });
  }
  if (problems.length > 0) throw refuse(problems);
  const ids = indexedIds().filter((id) => cursor === undefined || id > cursor);
  const shown = ids.slice(0, limit);
  const saes: EverywhereSae[] = [];
  for (const id of shown) {
    const found = await searchIn(viewer, id, q);
    if (found !== undefined) saes.push(found);
    // Others get their turn.
    await setImmediate();
  }
  const more = ids.length > shown.length;
  return { q, saes, nextCursor: more ? shown.at(-1)! : null };
}

/** Undefined for an index that cannot be read: the home page says so. */
async function searchIn(
  viewer: Actor,
  id: string,
  q: string,
): Promise<EverywhereSae | undefined> {
  const groups: SearchGroup[] = [];
  let reader;
  try {
    reader = readerOf(id);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
  const { modelName, hookName, dSae } = reader.manifest;
  const sae = { id, modelName, hookName, dSae };
  try {
    const query = readQuery(reader, q);
    for (const question of groupQuestions(reader, query, "all")) {
      const { group } = await searchGroup(viewer, id, question, {
        limit: FEW,
      });
      groups.push(group);
    }
    return { sae, groups, note: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { sae, groups: [], note: error.message };
  }
}

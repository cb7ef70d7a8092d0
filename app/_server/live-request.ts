import type { z } from "zod";
import { liveQuerySchema } from "#lib/contract/index";
import { assertMay } from "#lib/policy";
import { placeOf, readerOf } from "./databases";
import { failure } from "./http-errors";
import { parseInput } from "./http-input";
import { liveStream, type LiveScope } from "./live";
import { queryOf } from "./route";
import { actorOf } from "./session";

/** Opens a stream for who asks; what an EventSource saw last goes first. */
export async function openLive(request: Request): Promise<Response> {
  try {
    const actor = await actorOf(request);
    assertMay(actor, "read");
    const query = parseInput(liveQuerySchema, queryOf(request));
    const asked = query as z.output<typeof liveQuerySchema>;
    const seen = request.headers.get("last-event-id") ?? "";
    const after = /^\d{1,15}$/.test(seen) ? Number(seen) : asked.after;
    return liveStream(actor, scopeOf(asked), after, request.signal);
  } catch (error) {
    return failure(error, request);
  }
}

/** @throws AppError "not_found" when there is no such SAE or feature. */
function scopeOf({
  sae,
  feature,
}: z.output<typeof liveQuerySchema>): LiveScope {
  if (sae === undefined) return {};
  if (feature !== undefined) return placeOf(sae, feature);
  return { saeHash: readerOf(sae).manifest.saeHash };
}

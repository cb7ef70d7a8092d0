import { searchPageSchema, searchQuerySchema } from "#lib/contract/index";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";
import { search } from "#app/_server/search";

export const GET = route(
  { params: saeParams, query: searchQuerySchema, response: searchPageSchema },
  ({ params, query }) => search(params.sae, query),
);

import { labelDiffQuerySchema, labelDiffSchema } from "#lib/contract/index";
import { diffLabel } from "#app/_server/labels";
import { route } from "#app/_server/route";
import { idParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "What became of a label between two of its versions, word by word.",
    params: idParams,
    query: labelDiffQuerySchema,
    response: labelDiffSchema,
    example: { query: { from: 1, to: 1 } },
  },
  ({ params, query, actor }) => diffLabel(params.id, actor, query),
);

import { evidencePageSchema, evidenceQuerySchema } from "#lib/contract/index";
import { listEvidence } from "#app/_server/evidence";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "Labels of an SAE, ranked by what speaks for or against them.",
    params: saeParams,
    query: evidenceQuerySchema,
    response: evidencePageSchema,
    example: { query: { list: "proven", limit: 3 } },
  },
  ({ params, query, actor }) => listEvidence(params.sae, query, actor),
);

import { agreementPageSchema } from "#lib/contract/index";
import { getAgreement } from "#app/_server/agreement";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "How far people agree about the features of an SAE: Krippendorff's alpha for each kind of judgement.",
    params: saeParams,
    response: agreementPageSchema,
  },
  ({ params }) => getAgreement(params.sae),
);

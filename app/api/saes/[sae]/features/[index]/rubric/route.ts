import { rubricsSchema, setRubricSchema } from "#lib/contract/index";
import { placeOf } from "#app/_server/databases";
import { changeRubric, featureRubrics } from "#app/_server/opinions";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary: "What people think of a feature, mark by mark.",
    params: featureParams,
    response: rubricsSchema,
  },
  ({ params, actor }) => ({
    rubrics: featureRubrics(placeOf(params.sae, params.index), actor),
  }),
);

export const PUT = route(
  {
    summary:
      "Sets one's own marks for a feature, 0 to 3; null takes them back.",
    may: "rubric",
    params: featureParams,
    body: setRubricSchema,
    response: rubricsSchema,
    example: { body: { rubric: { activations: 3, monosemantic: true } } },
  },
  ({ params: { sae, index }, body, ...asked }) => ({
    rubrics: changeRubric(asked, placeOf(sae, index), body.rubric),
  }),
);
